package dev.lectern.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.http.StructuredFields;
import dev.lectern.http.StructuredFields.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The limits of a whole server. Each test sends from loopback addresses of its own. */
@NeedsServer
class RateLimitHttpTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.rate-limit.allowed-addresses=192.0.2.1"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /** Sends requests one after the other on one connection, and counts the statuses 200. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;

        Client(String address) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), InetAddress.getByName(address), 0);
            socket.setSoTimeout(60_000);
        }

        /** The status. */
        int get(String path, String... headers) throws IOException {
            OutputStream out = socket.getOutputStream();
            StringBuilder request = new StringBuilder("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("the connection is open").isNotNegative();
                head.append((char) next);
            }
            return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }

        long countPassed(int attempts, String... headers) throws IOException {
            long passed = 0;
            for (int i = 0; i < attempts; i++) {
                passed += get("/api/v1/collections", headers) == 200 ? 1 : 0;
            }
            return passed;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void requests_fromOneAddress_hundredPassAndTheNextIsAProblemWithItsFields() throws Exception {
        for (int i = 1; i <= 100; i++) {
            HttpResponse<String> response = server.get("/api/v1/collections");
            assertThat(response.statusCode()).as("request %s", i).isEqualTo(200);
            Item limit = field(response, "RateLimit");
            assertThat(limit.value()).isEqualTo("ip");
            assertThat(limit.parameters()).containsEntry("r", 100L - i);
            assertThat((Long) limit.parameters().get("t")).isBetween(0L, 60L);
        }
        HttpResponse<String> refused = server.get("/api/v1/collections");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(field(refused, "RateLimit-Policy").parameters())
                .containsEntry("q", 100L)
                .containsEntry("w", 60L);
        long seconds =
                Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(seconds).isBetween(1L, 60L);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(refused.body());
        assertThat(problem.path("type").asString())
                .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
        assertThat(problem.path("code").asString()).isEqualTo("quota_exceeded");
        assertThat(problem.path("violated-policies").path(0).asString()).isEqualTo("ip");
        assertThat(problem.path("detail").asString()).contains("100 requests");

        HttpResponse<String> page = server.get("/");
        assertThat(page.statusCode()).as("files of the page").isEqualTo(200);
        assertThat(page.headers().map()).doesNotContainKey("RateLimit");
        assertThat(server.get("/health/live").statusCode()).as("probes").isEqualTo(200);
        assertThat(server.get("/metrics").body()).contains("lectern_rate_limited_total{policy=\"ip\"}");
    }

    @Test
    void forgedForwardingHeaders_ofAnUntrustedPeer_shareOneBucketAndCostTheVictimNothing() throws Exception {
        String victim = "127.0.0.9";
        long passed = 0;
        try (Client attacker = new Client("127.0.0.8")) {
            for (int i = 0; i < 1_000; i++) {
                String forged = i % 2 == 0 ? victim : "203.0." + i / 256 + "." + i % 256;
                passed += attacker.get(
                                        "/api/v1/collections",
                                        "Forwarded: for=" + forged,
                                        "X-Forwarded-For: " + forged,
                                        "X-Real-IP: " + forged)
                                == 200
                        ? 1
                        : 0;
            }
        }
        assertThat(passed).isEqualTo(100);
        try (Client honest = new Client(victim)) {
            assertThat(honest.countPassed(101)).isEqualTo(100);
        }
    }

    private static Item field(HttpResponse<String> response, String name) {
        List<Item> items =
                StructuredFields.parseList(response.headers().firstValue(name).orElseThrow());
        assertThat(items).hasSize(1);
        return items.getFirst();
    }
}
