package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.security.OperatorKey;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@NeedsServer
class PresentEmbedderTest {

    @Test
    void nameOfTheActiveEmbedder_isToldToAdministratorsOnly() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(server.send(server.remoteRequest("/api/v1/embedder")).statusCode()).isEqualTo(403);
            HttpResponse<String> told = server.send(server.request("/api/v1/embedder")
                    .header("Authorization", "Bearer " + OperatorKey.read(server.folder()))
                    .header("Cookie", server.newCookie("/api/v1/collections")));
            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(told.body())
                    .contains("\"name\":\"onnx:bge-small-en-v1.5\"", "\"configured\":\"onnx:bge-small-en-v1.5\"");
        }
    }
}
