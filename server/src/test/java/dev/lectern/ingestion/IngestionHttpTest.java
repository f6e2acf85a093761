package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.security.OperatorKey;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.JobId;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NeedsServer
class IngestionHttpTest {
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

    @Test
    void largeDocument_showsItsPassagesInJobDocumentAndList() throws Exception {
        String documents = newCollection() + "/documents";
        String text = IntStream.range(0, 1_000)
                .mapToObj(i -> "# Part " + i + "\n\n" + ("Part " + i + " is about tower number " + i + ". ").repeat(20))
                .collect(Collectors.joining("\n\n"));
        JsonNode item = json(upload(documents, "large.md", text)).path("items").path(0);
        String id = item.path("document").path("id").asString();
        String job = "/api/v1/jobs/" + item.path("job").path("id").asString();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> json(server.send(server.request(job)))
                .path("running")
                .path(0)
                .path("phase")
                .asString("")
                .equals("embedding"));

        JsonNode running = json(server.send(server.request(job)));
        assertThat(running.path("passages").path("total").asInt()).isGreaterThanOrEqualTo(1_000);
        assertThat(running.path("running").path(0).path("documentId").asString())
                .isEqualTo(id);
        JsonNode shown = json(server.send(server.request("/api/v1/documents/" + id)));
        assertThat(shown.path("progress").path("passages").path("total").asInt())
                .isEqualTo(running.path("passages").path("total").asInt());
        assertThat(json(server.send(server.request(documents)))
                        .path("items")
                        .path(0)
                        .path("progress")
                        .path("phase")
                        .asString())
                .isEqualTo("embedding");

        server.bean(JobService.class)
                .cancel(TestAccess.OPERATOR, new JobId(job.substring(job.lastIndexOf('/') + 1)));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> json(
                        server.send(server.request("/api/v1/documents/" + id)))
                .path("status")
                .asString()
                .equals("failed"));
        assertThat(json(server.send(server.request("/api/v1/documents/" + id))).has("progress"))
                .isFalse();
    }

    @Test
    void pathsOfTheServer_areForOperatorsOnly(@TempDir Path temporary) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("notes/sub"));
        Files.writeString(
                folder.resolve("tower.txt"), "The tower of Belem was built of violet stone in 1519.\n".repeat(3));
        String key = "Bearer " + OperatorKey.read(server.folder());
        String sources = newCollection() + "/sources";
        JsonNode source = json(server.send(server.request(sources)
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"path\":\"" + temporary.resolve("notes") + "\"}"))));
        JobService jobs = server.bean(JobService.class);
        assertThat(jobs.await(
                                TestAccess.OPERATOR,
                                new JobId(source.path("job").path("id").asString()),
                                Duration.ofSeconds(60))
                        .status())
                .isEqualTo(JobStatus.DONE);
        String cookie = server.newCookie("/api/v1/collections");
        String documents = sources.replace("/sources", "/documents");
        JsonNode document = json(visit(cookie, documents, null)).path("items").path(0);
        assertThat(document.path("uri").asString()).isEqualTo("folder:sub/tower.txt");
        String id = document.path("id").asString();
        String question = "{\"question\":\"What is the tower of Belem built of?\"}";
        JsonNode conversation = json(visit(cookie, "/api/v1/conversations", "{}"));
        String conversationPath =
                "/api/v1/conversations/" + conversation.path("id").asString();
        FileSystemUtils.deleteRecursively(temporary.resolve("notes"));
        Job failed = jobs.await(
                TestAccess.OPERATOR,
                new JobId(json(server.send(server.request(
                                        "/api/v1/sources/" + source.path("id").asString() + "/scan")
                                .header("Authorization", key)
                                .POST(TestServer.NO_BODY)))
                        .path("id")
                        .asString()),
                Duration.ofSeconds(60));
        assertThat(failed.reason()).startsWith("The folder notes cannot be read.");

        Map<String, String> seen = new LinkedHashMap<>();
        for (String path : List.of(
                documents,
                "/api/v1/documents/" + id,
                "/api/v1/documents/" + id + "/text",
                "/api/v1/jobs",
                "/api/v1/jobs/" + failed.id(),
                "/api/v1/jobs/" + failed.id() + "/events",
                "/health")) {
            seen.put(path, visit(cookie, path, null).body());
        }
        seen.put(
                "search",
                visit(cookie, "/api/v1/search", "{\"query\":\"violet stone\"}").body());
        seen.put("ask", visit(cookie, "/api/v1/ask", question).body());
        seen.put(
                "stream",
                visit(cookie, "/api/v1/ask", question.replace("}", ",\"stream\":true}"))
                        .body());
        seen.put(
                "message",
                visit(cookie, conversationPath + "/messages", question.replace("question", "content"))
                        .body());
        for (String format : List.of("markdown", "json")) {
            seen.put(
                    format,
                    visit(cookie, conversationPath + "/export?format=" + format, null)
                            .body());
        }
        for (String name : List.of("search", "ask", "stream", "message", "markdown", "json")) {
            assertThat(seen.get(name)).as(name).contains("folder:sub/tower.txt");
        }
        assertThat(seen).allSatisfy((name, body) -> assertThat(body).as(name).doesNotContain(temporary.toString()));

        HttpResponse<String> own = server.send(server.request(sources).header("Authorization", key));
        assertThat(own.body()).contains(temporary.resolve("notes").toString());
    }

    /** @param body JSON to post; null to get */
    private static HttpResponse<String> visit(String cookie, String path, @Nullable String body) throws Exception {
        var request = server.request(path).header("Cookie", cookie);
        return server.send(
                body == null
                        ? request
                        : request.header("Content-Type", "application/json").POST(TestServer.body(body)));
    }
}
