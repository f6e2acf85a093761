package dev.lectern.index.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the whole server with its index in Qdrant, and of its behaviour while Qdrant is unavailable. */
@NeedsServer
class QdrantServerTest {
    private static final String SEARCH = "{\"query\":\"axolotl\"}";

    @Test
    void server_withQdrant_ingestsSearchesDegradesAndComesBack() throws Exception {
        try (FakeQdrantServer qdrant = FakeQdrantServer.start();
                TestServer server = TestServer.start(
                        List.of("lectern.qdrant.url=" + qdrant.url(), "lectern.retrieval.cache.enabled=false"))) {
            String document = upload(server, "The axolotl lives in the lakes of Mexico.");
            assertThat(found(server)).isOne();
            assertThat(qdrant.calls()).contains("Upsert", "Query");
            assertThat(Files.exists(server.folder().resolve("index"))).isFalse();

            qdrant.stop();
            HttpResponse<String> refused = server.post("/api/v1/search", SEARCH);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).path("code").asString()).isEqualTo("index_unavailable");
            assertThat(server.get("/health").body()).contains("cannot be reached");
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.get("/api/v1/collections").statusCode()).isEqualTo(200);

            qdrant.restart();
            assertThat(found(server)).isOne();
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.send(server.request("/api/v1/documents/" + document)
                                    .DELETE())
                            .statusCode())
                    .isLessThan(300);
            assertThat(found(server)).isZero();
        }
    }

    @Test
    void secondLibrary_withTheSamePrefix_isRefused_andTheFirstKeepsItsIndex() throws Exception {
        try (FakeQdrantServer qdrant = FakeQdrantServer.start();
                TestServer first = TestServer.start(
                        List.of("lectern.qdrant.url=" + qdrant.url(), "lectern.retrieval.cache.enabled=false"))) {
            upload(first, "The axolotl lives in the lakes of Mexico.");
            try (TestServer second = TestServer.start(List.of("lectern.qdrant.url=" + qdrant.url()))) {
                HttpResponse<String> refused = second.post("/api/v1/search", SEARCH);
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.body()).contains("ask the operator").doesNotContain("LECTERN_");
                assertThat(second.get("/health").body())
                        .contains("belongs to another library", "LECTERN_INDEX_QDRANT_COLLECTION_PREFIX");
                assertThat(second.get("/health/ready").statusCode()).isEqualTo(200);
            }
            assertThat(found(first)).isOne();
            assertThat(first.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static String upload(TestServer server, String text) throws Exception {
        String boundary = "lectern";
        HttpResponse<String> taken = server.send(server.request("/api/v1/collections/default/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(TestServer.body("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"axolotl.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n")));
        assertThat(taken.statusCode()).isEqualTo(202);
        String job = json(taken).path("job").path("id").asString();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> json(server.get("/api/v1/jobs/" + job))
                        .path("status")
                        .asString()
                        .equals("done"));
        return json(taken).path("documents").path(0).path("id").asString();
    }

    private static int found(TestServer server) throws Exception {
        HttpResponse<String> answer = server.post("/api/v1/search", SEARCH);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("items").size();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
