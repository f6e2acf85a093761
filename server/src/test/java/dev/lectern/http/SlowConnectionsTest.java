package dev.lectern.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that hold connections: they get an answer in the end, and never keep the server from telling that it lives. */
@NeedsServer
@Timeout(120)
class SlowConnectionsTest {
    private static final int CONNECTIONS = 260;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of(
                "lectern.http.body-timeout=3s", "lectern.http.min-body-rate=1KB", "lectern.http.max-requests=20"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void slowBodies_neverBlockProbes_andAreRefusedInTheEnd() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = RawRequest.open(server);
                slow.add(socket);
                String type = i % 2 == 0 ? "application/json" : "multipart/form-data; boundary=b";
                String path = i % 2 == 0 ? "/api/v1/search" : "/api/v1/collections/default/documents";
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                                        + "\r\nContent-Length: 10000\r\n\r\n{")
                                .getBytes(UTF_8));
            }
            HttpResponse<String> live = server.get("/health/live");
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
            List<String> responses = new ArrayList<>();
            for (Socket socket : slow) {
                responses.add(firstBytes(socket));
            }
            assertThat(responses)
                    .allMatch(response -> response.startsWith("HTTP/1.1 408") || response.startsWith("HTTP/1.1 503"));
            assertThat(responses)
                    .filteredOn(response -> response.startsWith("HTTP/1.1 408"))
                    .isNotEmpty();
            assertThat(responses)
                    .filteredOn(response -> response.startsWith("HTTP/1.1 503"))
                    .isNotEmpty();
            assertThat(responses).allMatch(response -> response.contains("application/problem+json"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(server.get("/api/v1/collections").statusCode()).isEqualTo(200);
    }

    @Test
    void trickledBody_isRefused_andABodyAtTheRateIsNot() throws Exception {
        assertThat(trickle(1)).startsWith("HTTP/1.1 408").contains("request_timeout", "Connection: close");
        assertThat(trickle(2_048)).startsWith("HTTP/1.1 200");
    }

    /** A valid body that lasts longer than the timeout, as far as the server takes it. */
    private static String trickle(int bytesInHalfASecond) throws Exception {
        String json = "{\"query\":\"tower\"}";
        int length = bytesInHalfASecond * 10 + json.length();
        try (Socket socket = RawRequest.open(server)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + length + "\r\n\r\n")
                            .getBytes(UTF_8));
            CountDownLatch pace = new CountDownLatch(1);
            for (int i = 0; i < 10 && socket.getInputStream().available() == 0; i++) {
                socket.getOutputStream().write(" ".repeat(bytesInHalfASecond).getBytes(UTF_8));
                pace.await(500, TimeUnit.MILLISECONDS);
            }
            if (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write(json.getBytes(UTF_8));
            }
            return firstBytes(socket);
        }
    }

    @Test
    void fiveHundredConnectionsAtOnce_allGetAnAnswer() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> responses = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                responses.add(clients.submit(() -> {
                    go.await();
                    return RawRequest.send(
                            server, "GET /api/v1/collections HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                }));
            }
            go.countDown();
            for (Future<String> response : responses) {
                assertThat(response.get()).containsPattern("^HTTP/1.1 (200|503)");
            }
        }
    }

    private static String firstBytes(Socket socket) throws IOException {
        byte[] buffer = new byte[2_000];
        int read = socket.getInputStream().read(buffer);
        return read < 0 ? "closed" : new String(buffer, 0, read, UTF_8);
    }
}
