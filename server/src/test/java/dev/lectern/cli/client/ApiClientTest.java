package dev.lectern.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lectern.shared.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A client and a server that refuses its first requests. */
@Timeout(60)
class ApiClientTest {
    private static final String OVER_QUOTA =
            "{\"title\":\"Request quota exceeded\",\"status\":429,\"code\":\"quota_exceeded\",\"detail\":\"Wait.\"}";

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private int refusals = 2;
    private String problem = OVER_QUOTA;
    private HttpServer server;
    private ApiClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1", this::answer);
        server.start();
        client = ApiClient.of(
                new LibraryLocation.Server(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), null),
                Map.of());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        boolean refused = refusals-- > 0;
        String text = refused ? problem : "event: finished\ndata: {\"items\":[]}\n\n";
        if (refused) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        } else if (!"text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            text = "{\"items\":[]}";
        }
        exchange.sendResponseHeaders(refused ? 429 : 200, text.getBytes(UTF_8).length);
        exchange.getResponseBody().write(text.getBytes(UTF_8));
        exchange.close();
    }

    @Test
    void get_beyondTheLimit_waitsAndSucceeds() {
        assertThat(client.get("/collections").path("items").isArray()).isTrue();
        assertThat(bodies).hasSize(3);
    }

    @Test
    void stream_beyondTheLimit_waitsAndSucceeds() {
        List<String> events = new ArrayList<>();
        client.stream("/ask", Map.of("question", "Why?"), (name, data) -> events.add(name));
        assertThat(events).containsExactly("finished");
        assertThat(bodies).hasSize(3).containsOnly("{\"question\":\"Why?\"}");
    }

    @Test
    void upload_beyondTheLimit_sendsTheFilesAgain() throws Exception {
        Path one = Files.writeString(folder.resolve("one.txt"), "first");
        Path two = Files.writeString(folder.resolve("two.txt"), "second");
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        JsonNode uploaded = client.upload(List.of(one, two, empty), "refuse");
        assertThat(uploaded.path("items").isArray()).isTrue();
        assertThat(bodies)
                .hasSize(3)
                .allSatisfy(body -> assertThat(body)
                        .containsSubsequence("\"one.txt\"", "first", "\"two.txt\"", "second", "\"empty.txt\""));
    }

    @Test
    void get_refusedForAnotherReason_isAnError() {
        problem = "{\"status\":429,\"code\":\"too_many_requests\",\"detail\":\"Busy.\"}";
        assertThatThrownBy(() -> client.get("/collections"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
        assertThat(bodies).hasSize(1);
    }
}
