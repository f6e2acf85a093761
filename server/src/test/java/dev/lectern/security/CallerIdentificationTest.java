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
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

@NeedsServer
class CallerIdentificationTest {
    private static final String CALLER = "/api/v1/test/caller";
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(
                List.of(
                        "lectern.http.trusted-proxies=127.0.0.1",
                        "lectern.security.allowed-hosts=docs.example.org",
                        "lectern.security.cors-origins=https://app.example.org"),
                HttpTestApi.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void visitorOnThisMachine_isNoAdministrator_whereAProxyMayStandBetween() throws Exception {
        assertThat(server.get("/api/v1/users").statusCode()).isEqualTo(403);
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
    void cookie_underHttps_belongsToTheHostAlone_andNamesThePathOfTheProxy() throws Exception {
        String plain = server.newCookie(CALLER);
        String known =
                server.send(server.request(CALLER).header("Cookie", plain)).body();
        HttpResponse<String> secure = server.send(server.request(CALLER)
                .header("Cookie", plain)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "docs.example.org")
                .header("X-Forwarded-Prefix", "/a/lectern"));
        assertThat(secure.body()).isEqualTo(known);
        String cookie = secure.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("__Host-lectern_visitor_443_a_lectern=")
                .contains("; Path=/;", "; Secure;", "; HttpOnly;", "; SameSite=Lax")
                .doesNotContain("Domain");
        HttpResponse<String> back =
                server.send(server.request(CALLER).header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        assertThat(back.body()).isEqualTo(known);
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
        "[0:0::1]:1, , , 200",
        // Scheme and port belong to an origin, and both headers have to agree.
        "localhost, https://localhost, , 403",
        "localhost, http://localhost:80, , 403",
        "localhost:1, http://localhost:1, same-origin, 200",
        "localhost:1, http://localhost:1, cross-site, 403",
        "localhost:1, http://localhost:1, same-site, 403",
        "localhost, https://app.example.org, cross-site, 200",
        "localhost, https://app.example.org:8443, cross-site, 403",
        "localhost, http://app.example.org, cross-site, 403",
        "localhost, https://x.app.example.org, cross-site, 403",
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

    @Test
    void changeBehindAProxy_isCheckedByTheAddressOfTheBrowser() throws Exception {
        String sent = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: docs.example.org\r\n";
        String origin = "Origin: https://docs.example.org\r\n";
        assertThat(post("127.0.0.1:1", sent + origin))
                .startsWith("HTTP/1.1 200")
                .contains("Secure");
        assertThat(post("127.0.0.1:1", "Forwarded: for=203.0.113.1;proto=https;host=docs.example.org\r\n" + origin))
                .startsWith("HTTP/1.1 200");
        assertThat(post("127.0.0.1:1", origin))
                .startsWith("HTTP/1.1 403")
                .contains(
                        "expected origin http://127.0.0.1:1, received origin https://docs.example.org",
                        "X-Forwarded-Proto",
                        "LECTERN_HTTP_PUBLIC_URL=https://docs.example.org",
                        "LECTERN_SECURITY_CORS_ORIGINS");
        assertThat(post("127.0.0.1:1", "X-Forwarded-Host: evil.example\r\nOrigin: http://evil.example\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("evil.example", "LECTERN_SECURITY_ALLOWED_HOSTS");
    }

    @Test
    void framework_readsNoForwardingHeadersItself() {
        assertThat(server.bean(ServerProperties.class).getForwardHeadersStrategy())
                .isEqualTo(ServerProperties.ForwardHeadersStrategy.NONE);
    }

    @Test
    void preflight_isAnsweredForListedOrigins_andRefusedForOthers() throws Exception {
        String preflight = "Access-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: if-match\r\n";
        assertThat(send("OPTIONS", "localhost", "Origin: https://app.example.org\r\n" + preflight))
                .startsWith("HTTP/1.1 200")
                .contains(
                        "Access-Control-Allow-Origin: https://app.example.org\r\n",
                        "Access-Control-Allow-Credentials: true\r\n",
                        "Access-Control-Allow-Methods: GET,HEAD,POST,PUT,PATCH,DELETE\r\n",
                        "Access-Control-Allow-Headers: if-match\r\n")
                .doesNotContain("Set-Cookie");
        assertThat(send("OPTIONS", "localhost", "Origin: https://evil.example\r\n" + preflight))
                .startsWith("HTTP/1.1 403")
                .contains("received origin https://evil.example", "LECTERN_SECURITY_CORS_ORIGINS")
                .doesNotContain("Access-Control-");
        assertThat(send(
                        "OPTIONS",
                        "localhost",
                        "Origin: https://app.example.org\r\nAccess-Control-Request-Method: TRACE\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json", "PATCH");
    }

    @Test
    void response_isReadableByListedOriginsAlone_refusalsIncluded() throws Exception {
        String listed = "Origin: https://app.example.org\r\nSec-Fetch-Site: cross-site\r\n";
        assertThat(post("localhost", listed))
                .contains("Access-Control-Allow-Origin: https://app.example.org\r\n")
                .containsPattern(
                        "Access-Control-Expose-Headers: .*ETag, .*Location, RateLimit, .*Retry-After, .*X-Request-Id");
        assertThat(send("GET", "evil.example", listed))
                .startsWith("HTTP/1.1 403")
                .contains("Access-Control-Allow-Origin: https://app.example.org\r\n");
        for (String origin : List.of("https://evil.example", "null", "https://app.example.org.evil.example")) {
            assertThat(send("GET", "localhost", "Origin: " + origin + "\r\n"))
                    .contains("Vary: Origin")
                    .doesNotContain("Access-Control-");
        }
    }

    private static int status(String method, String host, @Nullable String origin, @Nullable String site)
            throws Exception {
        String response = send(
                method,
                host,
                (origin == null ? "" : "Origin: " + origin + "\r\n")
                        + (site == null ? "" : "Sec-Fetch-Site: " + site + "\r\n"));
        return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    private static String post(String host, String headers) throws Exception {
        return send("POST", host, headers);
    }

    /** By hand, as the JDK's client does not let anyone choose the Host. */
    private static String send(String method, String host, String headers) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String body = method.equals("POST") ? "{\"text\":\"a\"}" : "";
            String request = method + " /api/v1/test/echo HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n" + headers + "\r\n"
                    + body;
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
