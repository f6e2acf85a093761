package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UploadHttpTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String newCollection() throws Exception {
        JsonNode created = json(server.post("/api/v1/collections", "{\"name\":\"Uploads\"}"));
        return "/api/v1/collections/" + created.path("id").asString();
    }

    /** @param files name and text of each */
    private static HttpResponse<String> upload(String address, String... files) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < files.length; i += 2) {
            body.append("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                    .append(files[i])
                    .append("\"\r\nContent-Type: text/plain\r\n\r\n")
                    .append(files[i + 1])
                    .append("\r\n");
        }
        return server.send(server.request(address)
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(TestServer.body(body.append("--xyz--\r\n").toString())));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static List<String> values(JsonNode items, String field) {
        return items.valueStream().map(item -> item.path(field).asString("")).toList();
    }

    @Test
    void upload_oneNameInThreeFolders_isThreeDocuments() throws Exception {
        HttpResponse<String> answer =
                upload(newCollection() + "/documents", "dup.txt", "one", "a/dup.txt", "two", "b/dup.txt", "three");
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode items = json(answer).path("items");
        assertThat(values(items, "path")).containsExactly("dup.txt", "a/dup.txt", "b/dup.txt");
        assertThat(items.valueStream()
                        .map(item -> item.path("document").path("id").asString())
                        .distinct())
                .hasSize(3);
    }

    @Test
    void upload_pathOfAnotherDocument_isRefusedForThisFileAlone() throws Exception {
        String documents = newCollection() + "/documents";
        String mine = json(upload(documents, "Report.txt", "mine"))
                .path("items")
                .path(0)
                .path("document")
                .path("id")
                .asString();

        HttpResponse<String> mixed = upload(documents, "Report.txt", "theirs", "other.txt", "other");
        assertThat(mixed.statusCode()).isEqualTo(202);
        JsonNode items = json(mixed).path("items");
        assertThat(values(items, "outcome")).containsExactly("refused", "added");
        assertThat(values(items, "code")).containsExactly("document_exists", "");
        assertThat(items.path(0).path("document").path("id").asString()).isEqualTo(mine);
        assertThat(items.path(0).path("job").isMissingNode()
                        || items.path(0).path("job").isNull())
                .isTrue();
        assertThat(json(mixed).path("documents").size()).isEqualTo(1);

        HttpResponse<String> refused = upload(documents, "Report.txt", "theirs");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(json(refused).path("code").asString()).isEqualTo("document_exists");
        assertThat(json(refused).path("requestId").asString())
                .isEqualTo(refused.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(json(refused)
                        .path("items")
                        .path(0)
                        .path("document")
                        .path("id")
                        .asString())
                .isEqualTo(mine);
    }

    @Test
    void upload_onConflict_replacesOrKeepsBoth() throws Exception {
        String documents = newCollection() + "/documents";
        assertThat(upload(documents, "Report.txt", "one").statusCode()).isEqualTo(202);

        JsonNode replaced = json(upload(documents + "?onConflict=replace", "Report.txt", "two"));
        assertThat(values(replaced.path("items"), "outcome")).containsExactly("replaced");
        JsonNode both = json(upload(documents + "?onConflict=keepBoth", "Report.txt", "three"));
        assertThat(values(both.path("items"), "outcome")).containsExactly("renamed");
        assertThat(values(both.path("items"), "path")).containsExactly("Report (2).txt");
        HttpResponse<String> unknown = upload(documents + "?onConflict=overwrite", "Report.txt", "four");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown).path("errors").path(0).path("field").asString())
                .isEqualTo("onConflict");
    }
}
