package dev.lectern.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clients that hold connections: they get an answer in the end, and never keep the server from telling that it lives. */
@NeedsServer
@Timeout(120)
class SlowConnectionsTest {
    private static final int CONNECTIONS = 260;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(
                List.of(
                        "lectern.http.body-timeout=3s",
                        "lectern.http.min-body-rate=1KB",
                        "lectern.http.header-timeout=3s",
                        "lectern.http.response-timeout=3s",
                        "lectern.http.max-requests=20"),
                LargeResponse.class);
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

    @Test
    void trickledHeaders_areCut_alsoOfALaterRequest_andAnIdleConnectionIsNot() throws Exception {
        try (Socket idle = RawRequest.open(server);
                Socket first = RawRequest.open(server);
                Socket second = RawRequest.open(server)) {
            String live = "HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
            for (Socket socket : List.of(idle, second)) {
                socket.getOutputStream().write(live.getBytes(UTF_8));
                assertThat(firstBytes(socket)).startsWith("HTTP/1.1 200");
            }
            for (Socket socket : List.of(first, second)) {
                socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
                assertThat(trickleUntilClosed(socket)).as("closed").isTrue();
            }
            idle.getOutputStream().write(live.getBytes(UTF_8));
            assertThat(firstBytes(idle)).startsWith("HTTP/1.1 200");
        }
    }

    /** Sends a byte each 200 ms; false when the server still takes them after half a minute. */
    private static boolean trickleUntilClosed(Socket socket) throws InterruptedException {
        CountDownLatch pace = new CountDownLatch(1);
        try {
            for (int i = 0; i < 150; i++) {
                socket.getOutputStream().write('a');
                pace.await(200, TimeUnit.MILLISECONDS);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void upload_thatLastsLongerThanHeadersMay_isAccepted() throws Exception {
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"slow.txt\"\r\n\r\n"
                + "Slow but steady. ".repeat(1_000) + "\r\n--b--\r\n";
        try (Socket socket = RawRequest.open(server)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/collections/default/documents HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: multipart/form-data; boundary=b\r\nExpect: 100-continue\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n")
                            .getBytes(UTF_8));
            assertThat(firstBytes(socket)).startsWith("HTTP/1.1 100");
            CountDownLatch pace = new CountDownLatch(1);
            int parts = 10;
            for (int i = 0; i < parts; i++) {
                socket.getOutputStream()
                        .write(body.substring(body.length() * i / parts, body.length() * (i + 1) / parts)
                                .getBytes(UTF_8));
                pace.await(500, TimeUnit.MILLISECONDS);
            }
            assertThat(firstBytes(socket)).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void readerOfAFewBytesASecond_isCut_andOneAtTheRateIsNot() throws Exception {
        String large = LargeResponse.PATH;
        assertThat(readSlowly(large, 1, 200)).as("read by a slow client").isLessThan(LargeResponse.BYTES);
        assertThat(readSlowly(large, 1 << 20, 100))
                .as("read by a steady client")
                .isGreaterThanOrEqualTo(LargeResponse.BYTES);
    }

    /** Reads a response piece by piece, with a small window, until its end or the end of the connection. Returns the bytes. */
    private static long readSlowly(String path, int piece, int pauseMillis) throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            CountDownLatch pace = new CountDownLatch(1);
            long read = 0;
            byte[] buffer = new byte[piece];
            // After a while a slow client reads on at full speed, to see whether it was cut.
            for (int i = 0; ; i++) {
                int next = socket.getInputStream().read(buffer);
                if (next < 0) {
                    return read;
                }
                read += next;
                if (i < 15_000 / pauseMillis && piece == 1) {
                    pace.await(pauseMillis, TimeUnit.MILLISECONDS);
                } else {
                    buffer = new byte[1 << 20];
                }
            }
        } catch (SocketException reset) {
            return 0;
        }
    }

    /** A response that fits into no buffer of the operating system. */
    @RestController
    static class LargeResponse {
        static final String PATH = "/api/v1/test/large";
        static final int BYTES = 64 << 20;

        @GetMapping(path = PATH, produces = "application/octet-stream")
        void send(HttpServletResponse response) throws IOException {
            response.setContentType("application/octet-stream");
            byte[] piece = new byte[1 << 16];
            for (int i = 0; i < BYTES / piece.length; i++) {
                response.getOutputStream().write(piece);
            }
        }
    }

    private static String firstBytes(Socket socket) throws IOException {
        byte[] buffer = new byte[2_000];
        int read = socket.getInputStream().read(buffer);
        return read < 0 ? "closed" : new String(buffer, 0, read, UTF_8);
    }
}
