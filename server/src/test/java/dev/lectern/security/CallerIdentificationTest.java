package dev.lectern.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lecterntest.HttpTestApi;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NeedsServer
class CallerIdentificationTest {
    private static final String CALLER = "/api/v1/test/caller";
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(HttpTestApi.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void newVisitor_getsACookie_andIsKnownByIt() throws Exception {
        HttpResponse<String> first = server.get(CALLER);
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000")
                .doesNotContain("Secure");
        HttpResponse<String> second =
                server.send(server.request(CALLER).header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        assertThat(second.body()).isEqualTo(first.body()).contains("Visitor");
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void forgedCookie_isAStranger() throws Exception {
        String cookie = server.newCookie(CALLER);
        String forged = cookie.replace("=", "=x");
        HttpResponse<String> response = server.send(server.request(CALLER).header("Cookie", forged));
        assertThat(response.headers().firstValue("Set-Cookie")).isPresent();
    }

    @Test
    void cookie_namesThePort_soThatTwoServersOfAHostKeepTheirVisitors() throws Exception {
        String mine = server.newCookie(CALLER);
        assertThat(mine).startsWith("lectern_visitor_" + server.port() + "=");
        HttpResponse<String> both = server.send(server.request(CALLER)
                .header("Cookie", "lectern_visitor_1=abc.def; lectern_visitor=other.one; " + mine));
        assertThat(both.headers().firstValue("Set-Cookie")).isEmpty();
        try (Socket proxied = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            proxied.getOutputStream()
                    .write(("GET " + CALLER + " HTTP/1.1\r\nHost: localhost:4711\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(proxied.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Set-Cookie: lectern_visitor_4711=");
        }
    }

    @Test
    void cookieOfTheFormerNameOrPort_keepsItsVisitor_andIsRenamed() throws Exception {
        String mine = server.newCookie(CALLER);
        HttpResponse<String> known = server.send(server.request(CALLER).header("Cookie", mine));
        for (String name : List.of("lectern_visitor", "lectern_visitor_4711")) {
            String former = name + mine.substring(mine.indexOf('='));
            HttpResponse<String> renamed = server.send(server.request(CALLER).header("Cookie", former));
            assertThat(renamed.body()).isEqualTo(known.body());
            assertThat(renamed.headers().firstValue("Set-Cookie").orElseThrow()).startsWith(mine + ";");
        }
    }

    @Test
    void page_withItsFirstRequestsInParallel_isOneVisitor() throws Exception {
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            HttpResponse<String> page = browser.send(
                    server.request("/conversations")
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("private");
            List<CompletableFuture<HttpResponse<String>>> requests = IntStream.range(0, 12)
                    .mapToObj(i -> browser.sendAsync(server.request(CALLER).build(), BodyHandlers.ofString()))
                    .toList();
            assertThat(requests.stream().map(request -> request.join().body()).distinct())
                    .hasSize(1);
            assertThat(requests)
                    .noneMatch(request ->
                            request.join().headers().firstValue("Set-Cookie").isPresent());
        }
    }

    @Test
    void assetsAndProbes_makeNoVisitor() throws Exception {
        for (String path : List.of("/health/live", "/docs", "/openapi.json", "/metrics")) {
            assertThat(server.send(server.request(path).header("Accept", "text/html, */*"))
                            .headers()
                            .firstValue("Set-Cookie"))
                    .isEmpty();
        }
    }

    @Test
    void bearer_inAnyLetterCase_isTheScheme_andARefusalNamesIt() throws Exception {
        HttpResponse<String> operator = server.send(
                server.request(CALLER).header("Authorization", "bearer " + OperatorKey.read(server.folder())));
        assertThat(operator.body()).contains("Operator");
        HttpResponse<String> refused = server.send(server.request(CALLER).header("Authorization", "Basic YTpi"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"lectern\"");
    }

    @Test
    void keyFile_isTheOwnersAlone_andMakesTheOperator() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server.folder().resolve("key"))))
                .isEqualTo("rw-------");
        HttpResponse<String> operator = server.send(
                server.request(CALLER).header("Authorization", "Bearer " + OperatorKey.read(server.folder())));
        assertThat(operator.body()).contains("Operator");
        HttpResponse<String> wrong = server.send(server.request(CALLER).header("Authorization", "Bearer wrong"));
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, , , 200",
        "localhost:1, http://localhost:1, , 200",
        "localhost, , same-origin, 200",
        "localhost, , none, 200",
        "localhost, https://evil.example, , 403",
        "localhost:1, http://localhost:2, , 403",
        "localhost, null, , 403",
        "localhost, , cross-site, 403",
        "localhost, , same-site, 403",
        "evil.example, , , 403",
        "evil.example, http://evil.example, same-origin, 403",
        "localhost.evil.example, , , 403",
        "[::1]:1, , , 200",
    })
    void change_fromElsewhere_isRefused(String host, @Nullable String origin, @Nullable String site, int status)
            throws Exception {
        assertThat(status("POST", host, origin, site)).isEqualTo(status);
    }

    @Test
    void reading_checksTheHostAlone() throws Exception {
        assertThat(status("GET", "evil.example", null, null)).isEqualTo(403);
        assertThat(status("GET", "localhost", "https://evil.example", "cross-site"))
                .isEqualTo(405);
    }

    /** By hand, as the JDK's client does not let anyone choose the Host. */
    private static int status(String method, String host, @Nullable String origin, @Nullable String site)
            throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String body = method.equals("POST") ? "{\"text\":\"a\"}" : "";
            String request = method + " /api/v1/test/echo HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                    + (origin == null ? "" : "Origin: " + origin + "\r\n")
                    + (site == null ? "" : "Sec-Fetch-Site: " + site + "\r\n")
                    + "\r\n" + body;
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
