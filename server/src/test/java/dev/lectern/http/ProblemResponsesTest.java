package dev.lectern.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lecterntest.HttpTestApi;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NeedsServer
class ProblemResponsesTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(HttpTestApi.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404, not_found",
        "GET, /nothing, 404, not_found",
        "DELETE, /api/v1/test/echo, 405, method_not_allowed",
        "GET, /api/v1/test/ours, 507, storage_full",
        "GET, /api/v1/test/wrapped, 409, conflict",
        "GET, /api/v1/test/unexpected, 500, internal",
        "GET, /api/v1/test/parameter, 400, invalid_request",
        "GET, /api/v1/test/parameter?count=many, 400, invalid_request",
        "GET, /api/v1/test/parameter?count=%00, 400, invalid_request",
        "TRACE, /, 405, method_not_allowed",
    })
    void failure_ofAnyKind_isAProblemInOurWords(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> response = server.send(server.request(path).method(method, TestServer.NO_BODY));
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).isEqualTo("urn:lectern:problem:" + code);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString()).isNotEmpty().doesNotContain("swordfish");
        assertThat(problem.path("requestId").asString())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void malformedJson_isNamedByPlaceNotByContent() throws Exception {
        HttpResponse<String> response = server.post("/api/v1/test/echo", "{\"text\": swordfish}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("line 1").doesNotContain("swordfish");
    }

    @Test
    void characterThatNoTextHas_isReplaced() throws Exception {
        HttpResponse<String> response = server.post("/api/v1/test/echo", "{\"text\": \"a\\u0000b\"}");
        assertThat(response.body()).contains("a\uFFFDb");
    }

    @Test
    void jsonThatIsNoObject_isNotCalledMalformed() throws Exception {
        HttpResponse<String> response = server.post("/api/v1/test/echo", "[]");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("must be a JSON object");
    }

    @Test
    void addressThatIsWronglyEncoded_isTheClientsFault() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(
                            "GET /api/v1/test/parameter?count=%%% HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .contains("HTTP/1.1 400", "invalid_request");
        }
    }

    @Test
    void wrongType_namesTheField() throws Exception {
        HttpResponse<String> response = server.post("/api/v1/test/echo", "{\"text\": {\"a\": 1}}");
        JsonNode problem = JsonMapper.shared().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo("text");
    }

    @Test
    void bodyOfAnotherType_is415() throws Exception {
        for (String type : List.of("application/xml", "application/cbor")) {
            HttpResponse<String> response = server.send(server.request("/api/v1/test/echo")
                    .header("Content-Type", type)
                    .POST(TestServer.body("<a/>")));
            assertThat(response.statusCode()).as(type).isEqualTo(415);
            assertThat(response.body()).contains("unsupported_format");
        }
    }

    @Test
    void acceptOfAnotherType_is406AndStillAProblem() throws Exception {
        for (String type : List.of("image/png", "application/cbor")) {
            HttpResponse<String> response =
                    server.send(server.request("/api/v1/test/json").header("Accept", type));
            assertThat(response.statusCode()).as(type).isEqualTo(406);
            assertThat(response.body()).contains("not_acceptable");
        }
    }

    @Test
    void body_overTheLimit_is413WhetherItsLengthIsToldOrNot() throws Exception {
        byte[] large = new byte[(1 << 20) + 10];
        HttpResponse<String> told = server.send(server.request("/api/v1/test/echo")
                .header("Content-Type", "application/json")
                .POST(TestServer.body(large)));
        HttpResponse<String> untold = server.send(server.request("/api/v1/test/echo")
                .header("Content-Type", "application/json")
                .POST(TestServer.chunked(("{\"text\":\"" + "a".repeat(1 << 20) + "\"}").getBytes(UTF_8))));
        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(untold.statusCode()).isEqualTo(413);
        assertThat(untold.body()).contains("too_large");
    }

    @Test
    void retryable_saysWhen() throws Exception {
        HttpResponse<String> response = server.get("/api/v1/test/later");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void requestId_wellFormed_isKept_elseReplaced() throws Exception {
        HttpResponse<String> kept =
                server.send(server.request("/api/v1/test/json").header("X-Request-Id", "abc-12345678"));
        HttpResponse<String> replaced =
                server.send(server.request("/api/v1/test/json").header("X-Request-Id", "<script>"));
        assertThat(kept.headers().firstValue("X-Request-Id")).hasValue("abc-12345678");
        assertThat(replaced.headers().firstValue("X-Request-Id").orElseThrow()).hasSize(26);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/api/v1/test/json", "/api/v1/none", "/metrics", "/openapi.json", "/%zz"})
    void everyResponse_hasSecurityHeaders(String path) throws Exception {
        String response =
                RawRequest.send(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(response)
                .contains(
                        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';",
                        "frame-ancestors 'none'; report-uri /csp-reports",
                        "X-Content-Type-Options: nosniff",
                        "X-Frame-Options: DENY",
                        "Referrer-Policy: no-referrer",
                        "Permissions-Policy: accelerometer=(), camera=()",
                        "Cross-Origin-Opener-Policy: same-origin",
                        "Cross-Origin-Resource-Policy: same-origin")
                .doesNotContain("unsafe-inline", "unsafe-eval", "Strict-Transport-Security");
        if (path.startsWith("/api/")) {
            assertThat(response).contains("Cache-Control: no-store");
        }
    }
}
