package dev.lectern.library.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.models.Embedder;
import dev.lectern.shared.EmbedderFingerprint;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients see while the index is rebuilt: 503 with Retry-After for questions and searches; everything else works. */
@NeedsServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexRebuildHttpTest {
    private TestServer server;
    private IndexCompleteness completeness;
    private EmbedderFingerprint fingerprint;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(List.of());
        completeness = server.bean(IndexCompleteness.class);
        fingerprint = server.bean(Embedder.class).fingerprint();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() {
        completeness.beginRepair(fingerprint);
    }

    @AfterEach
    void end() {
        completeness.markComplete(fingerprint);
    }

    @Test
    void search_duringARebuild_is503WithRetryAfter() throws Exception {
        assertRefused("/api/v1/search", "{\"query\":\"leave\"}");
    }

    @Test
    void ask_duringARebuild_is503WithRetryAfter() throws Exception {
        assertRefused("/api/v1/ask", "{\"question\":\"How many days of leave?\"}");
    }

    @Test
    void health_duringARebuild_saysSoAndStaysReady() throws Exception {
        HttpResponse<String> health = get("/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("The index is being rebuilt from the library: 0 of 0 passages");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void collections_duringARebuild_tellItsProgress() throws Exception {
        HttpResponse<String> collections = get("/api/v1/collections");
        assertThat(collections.statusCode()).isEqualTo(200);
        assertThat(collections.body())
                .contains("\"searchable\":0", "\"pending\":0", "\"indexRebuild\":{\"indexed\":0,\"expected\":0}");
        completeness.markComplete(fingerprint);
        assertThat(get("/api/v1/collections").body()).doesNotContain("indexRebuild");
    }

    @Test
    void search_afterTheRebuild_works() throws Exception {
        completeness.markComplete(fingerprint);
        HttpResponse<String> found = post("/api/v1/search", "{\"query\":\"leave\"}");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body())
                .contains("\"searched\":{\"collections\":1,\"documents\":0,\"searchable\":0,\"pending\":0}");
    }

    private void assertRefused(String path, String body) throws Exception {
        HttpResponse<String> refused = post(path, body);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"index_unavailable\"", "The search index is being rebuilt");
        assertThat(refused.headers().firstValueAsLong("Retry-After")).hasValue(10);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return server.get(path);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return server.post(path, body);
    }
}
