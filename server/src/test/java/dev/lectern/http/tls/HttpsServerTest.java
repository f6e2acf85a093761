package dev.lectern.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.CapturedLog;
import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.ApiClient;
import dev.lectern.cli.client.LibraryLocation;
import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.http.ServedCertificate;
import dev.lectern.http.jetty.PlainHttpHandler;
import dev.lectern.shared.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.jetty.JettyWebServer;

/** A server that speaks HTTPS, and plain HTTP on a second port. */
@NeedsServer
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HttpsServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path files;

    private static TestCertificate first;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        first = TestCertificate.ec().writePem(files);
        server = TestServer.start(List.of(
                "lectern.tls.certificate=" + files.resolve("certificate.pem"),
                "lectern.tls.key=" + files.resolve("key.pem"),
                "lectern.tls.reload-every=100ms",
                "lectern.tls.redirect-port=0",
                "lectern.tls.hsts-subdomains=true",
                "lectern.security.allowed-hosts=127.0.0.2"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static HttpClient client(TestCertificate... trusted) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(trusted))
                .build();
    }

    private static HttpRequest.Builder https(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
    }

    private static URI plain(String path) {
        int port = Stream.of(((JettyWebServer) server.webServer()).getServer().getConnectors())
                .filter(connector -> PlainHttpHandler.CONNECTOR.equals(connector.getName()))
                .mapToInt(connector -> ((ServerConnector) connector).getLocalPort())
                .findFirst()
                .orElseThrow();
        return URI.create("http://localhost:" + port + path);
    }

    @Test
    @Order(1)
    void page_andApi_areServedByHttp2() throws Exception {
        try (HttpClient client = client(first)) {
            HttpResponse<String> page = client.send(https("/").build(), BodyHandlers.ofString());
            assertThat(page.version()).isEqualTo(Version.HTTP_2);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000; includeSubDomains");
            HttpResponse<String> created = client.send(
                    https("/api/v1/collections")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"name\":\"http2\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(created.version()).isEqualTo(Version.HTTP_2);
            assertThat(created.statusCode()).isEqualTo(201);
        }
    }

    @Test
    @Order(1)
    void http11_isServedToo() throws Exception {
        try (HttpClient client = client(first)) {
            HttpResponse<String> live =
                    client.send(https("/health/live").version(Version.HTTP_1_1).build(), BodyHandlers.ofString());
            assertThat(live.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(live.statusCode()).isEqualTo(200);
        }
    }

    @Test
    @Order(1)
    void problemBelowTheFilters_hasTheHeaderToo_andLocalhostHasNone() throws Exception {
        try (HttpClient client = client(first)) {
            HttpResponse<String> missing = client.send(https("/api/v1/none").build(), BodyHandlers.ofString());
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.headers().firstValue("Strict-Transport-Security"))
                    .isPresent();
            HttpResponse<String> local = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/health/live"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(local.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    })
    void suiteWithForwardSecrecy_isAccepted(String protocol, String suite) throws Exception {
        assertThat(handshake(protocol, suite)).isEqualTo(protocol + " " + suite);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLSv1.2, TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    })
    void suiteWithoutAuthenticatedEncryptionOrEllipticCurves_isRefused(String protocol, String suite) {
        assertThatThrownBy(() -> handshake(protocol, suite)).isInstanceOf(SSLHandshakeException.class);
    }

    /** The JDK does not speak the former protocols any more, so the greeting is written by hand. */
    @ParameterizedTest
    @Order(1)
    @ValueSource(ints = {0, 1, 2})
    void formerProtocol_isRefusedWithAnAlert(int minorVersion) throws Exception {
        assertThat(FormerProtocolGreeting.send(server.port(), minorVersion)).isEqualTo("alert");
    }

    private static String handshake(String protocol, String suite) throws Exception {
        SSLContext context = TestCertificate.trusting(first);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return socket.getSession().getProtocol() + " " + socket.getSession().getCipherSuite();
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"/", "/c/01abc?x=1&y=%20", "/docs", "/assets/a.js"})
    void page_byPlainHttp_isRedirected(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> redirect =
                    client.send(HttpRequest.newBuilder(plain(path)).build(), BodyHandlers.ofString());
            assertThat(redirect.statusCode()).isEqualTo(308);
            assertThat(redirect.headers().firstValue("Location")).hasValue("https://localhost:" + server.port() + path);
            assertThat(redirect.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(redirect.headers().firstValue("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            strings = {
                "/api/v1/collections",
                "/api",
                "/%61pi/v1/collections",
                "/x/../api/v1/collections",
                "/openapi.json",
                "/metrics",
                "/health/live"
            })
    void programs_byPlainHttp_areRefused(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> refused = client.send(
                    HttpRequest.newBuilder(plain(path))
                            .header("Authorization", "Bearer secret")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.body()).contains("\"code\":\"https_required\"");
            assertThat(refused.headers().firstValue("Location")).isEmpty();
        }
    }

    @Test
    @Order(1)
    void change_byPlainHttp_isRefused() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder post = HttpRequest.newBuilder(plain("/")).POST(BodyPublishers.ofString("a"));
            assertThat(client.send(post.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    @Order(2)
    void certificate_replacedUnderRequests_isUsed_andNoRequestFails() throws Exception {
        TestCertificate second = TestCertificate.rsa(2048);
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        SSLContext both = TestCertificate.trusting(first, second);
        List<Thread> readers = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> {
                    while (!stopped.get()) {
                        // A client of its own for each request, so that each one needs a handshake.
                        try (HttpClient client =
                                HttpClient.newBuilder().sslContext(both).build()) {
                            if (client.send(https("/health/live").build(), BodyHandlers.discarding())
                                            .statusCode()
                                    == 200) {
                                answered.incrementAndGet();
                            }
                        } catch (IOException | InterruptedException failed) {
                            answered.set(Integer.MIN_VALUE);
                        }
                    }
                }))
                .limit(2)
                .toList();
        readers.forEach(Thread::start);
        await().atMost(LIMIT).until(() -> answered.get() > 3);
        second.writePem(files);
        await().atMost(LIMIT).until(() -> served().equals(second.certificate()));
        int before = answered.get();
        await().atMost(LIMIT).until(() -> answered.get() > before + 3 || answered.get() < 0);
        stopped.set(true);
        for (Thread reader : readers) {
            reader.join(LIMIT);
        }
        assertThat(answered.get()).isPositive();
        try (HttpClient client = client(second)) {
            assertThat(client.send(https("/health/live").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        first = second;
    }

    @Test
    @Order(3)
    void unusableFiles_keepTheFormerCertificate_andWarn() throws Exception {
        try (CapturedLog log = CapturedLog.start();
                HttpClient client = client(first)) {
            Files.writeString(files.resolve("key.pem"), TestCertificate.ec().keyPem());
            await().atMost(LIMIT)
                    .until(() ->
                            !log.warnings("does not belong to the certificate").isEmpty());
            assertThat(served()).isEqualTo(first.certificate());
            String health = client.send(https("/health").build(), BodyHandlers.ofString())
                    .body();
            assertThat(health).contains("The changed certificate is not used, and the former one stays.");
            TestCertificate.ec(Instant.now().minus(Duration.ofDays(9)), Duration.ofDays(8))
                    .writePem(files);
            await().atMost(LIMIT).until(() -> !log.warnings(" expired on ").isEmpty());
            Files.delete(files.resolve("key.pem"));
            await().atMost(LIMIT)
                    .until(() -> !log.warnings("key.pem does not exist").isEmpty());
            first.writePem(files);
            await().atMost(LIMIT)
                    .until(() -> !client.send(https("/health").build(), BodyHandlers.ofString())
                            .body()
                            .contains("The changed certificate"));
        }
    }

    @Test
    @Order(1)
    void command_onThisMachine_recognisesTheServerByItsCertificate() throws Exception {
        URI address = URI.create("https://localhost:" + server.port());
        var location = new LibraryLocation.Server(address, server.folder());
        ServerAddressFile.write(
                server.folder(), address, Sha256.hex(first.certificate().getEncoded()));
        try (ApiClient client = ApiClient.of(location, Map.of())) {
            assertThat(client.get("/collections").path("items").isArray()).isTrue();
        }
        ServerAddressFile.write(server.folder(), address, "0".repeat(64));
        try (ApiClient client = ApiClient.of(location, Map.of())) {
            assertThatThrownBy(() -> client.get("/collections")).hasRootCauseInstanceOf(CertificateException.class);
        } finally {
            ServerAddressFile.delete(server.folder());
        }
    }

    private static X509Certificate served() {
        return server.bean(ServedCertificate.class).find().orElseThrow();
    }
}
