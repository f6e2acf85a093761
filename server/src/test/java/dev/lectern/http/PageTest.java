package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsServer
class PageTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.http.trusted-proxies=127.0.0.1"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/c/01abc", "/documents", "/embedder", "/a/future/route"})
    void navigationToAPageRoute_getsThePage(String path) throws Exception {
        HttpResponse<String> page = navigate(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Lectern");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache, private");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/c/01abc", "/docs"})
    void pageBelowAPath_loadsItsFilesFromThere(String path) throws Exception {
        HttpResponse<String> page = server.send(
                server.request(path).header("Accept", "text/html").header("X-Forwarded-Prefix", "/a/lectern"));
        assertThat(page.body())
                .containsPattern("(src|href)=\"/a/lectern/(assets|docs)/")
                .doesNotContainPattern("=\"/(?!a/lectern/)");
        HttpResponse<String> plain = server.send(server.request(path).header("Accept", "text/html"));
        assertThat(plain.body()).doesNotContain("/a/lectern");
        assertThat(page.headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(plain.headers().firstValue("ETag"));
        HttpResponse<String> forged = server.send(
                server.request(path).header("Accept", "text/html").header("X-Forwarded-Prefix", "//evil.example"));
        assertThat(forged.body()).isEqualTo(plain.body());
    }

    @Test
    void locationBelowAPath_hasIt_alsoWhenItIsSentAgain() throws Exception {
        String cookie = server.newCookie("/api/v1/conversations");
        for (String prefix : List.of("/lectern", "/api", "")) {
            HttpRequest.Builder create = server.request("/api/v1/conversations")
                    .header("Content-Type", "application/json")
                    .header("Cookie", cookie)
                    .header("Idempotency-Key", "locationBelowAPath")
                    .header("X-Forwarded-Prefix", prefix)
                    .POST(TestServer.body("{}"));
            assertThat(server.send(create).headers().firstValue("Location").orElseThrow())
                    .matches(prefix + "/api/v1/conversations/[a-z0-9]+");
        }
    }

    private static HttpResponse<String> navigate(String path) throws Exception {
        return server.send(server.request(path).header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/documents", "/c/01abc", "/nothing"})
    void pathWithoutAFile_isNotFoundForOtherClientsThanBrowsers(String path) throws Exception {
        HttpResponse<String> answer = server.send(server.request(path).header("Accept", "*/*"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not_found\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/docs/nothing", "/health/nothing", "/assets/nothing", "/nothing.js"})
    void reservedPathOrFile_isNotFoundForBrowsersToo(String path) throws Exception {
        assertThat(navigate(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/documents", "/icon.svg"})
    void head_hasTheHeadersOnly(String path) throws Exception {
        HttpResponse<String> head = server.send(
                server.request(path).header("Accept", "text/html").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isPresent();
    }

    @Test
    void compressedFile_isRevalidatedByItsTag() throws Exception {
        HttpResponse<String> compressed =
                server.send(server.request("/docs/swagger-ui.css").header("Accept-Encoding", "gzip"));
        HttpResponse<String> again = server.send(server.request("/docs/swagger-ui.css")
                .header("Accept-Encoding", "gzip")
                .header("If-None-Match", compressed.headers().firstValue("ETag").orElseThrow()));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void knownTag_isNotSentAgain() throws Exception {
        String tag = server.get("/").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = server.send(server.request("/").header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void fileWithAHashInItsName_neverHasToBeAskedForAgain() throws Exception {
        Matcher asset =
                Pattern.compile("/assets/[^\"]+\\.js").matcher(server.get("/").body());
        assertThat(asset.find()).isTrue();
        HttpResponse<String> file = server.get(asset.group());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).hasValue("max-age=31536000, public, immutable");
        assertThat(server.get("/icon.svg").headers().firstValue("Cache-Control"))
                .hasValue("no-cache, private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/openapi.json"})
    void largeFile_isPackedForWhoTakesIt(String path) throws Exception {
        HttpResponse<String> packed = server.send(server.request(path).header("Accept-Encoding", "gzip"));
        HttpResponse<String> plain = server.get(path);
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.statusCode()).isEqualTo(200);
    }

    @Test
    void iconThatBrowsersAskForUnasked_isThere() throws Exception {
        HttpResponse<String> icon = server.get("/favicon.ico");
        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
    }

    @Test
    void docs_loadNothingFromElsewhere() throws Exception {
        HttpResponse<String> docs = server.get("/docs");
        assertThat(docs.body()).contains("/docs/swagger-ui-bundle.js").doesNotContain("http://", "https://");
        assertThat(docs.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("connect-src 'self'", "script-src 'self';");
    }

    @Test
    void requestThatIsNone_isAProblemToo() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response).contains("400", "application/problem+json", "invalid_request");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../application.yaml",
                "/..%2fapplication.yaml",
                "/%2e%2e/application.yaml",
                "/assets/none.js",
                "/dev/lectern/cli/Main.class",
                "/webjars/../application.yaml"
            })
    void anythingElse_isNotThere(String path) throws Exception {
        assertThat(server.get(path).statusCode()).isIn(400, 404);
    }
}
