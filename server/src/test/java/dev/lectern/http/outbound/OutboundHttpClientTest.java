package dev.lectern.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a resolver of the test and a server on loopback that is allowed by name only. Nothing beyond loopback is contacted. */
class OutboundHttpClientTest {
    private static final FetchLimits LIMITS = new FetchLimits(1_000, Duration.ofSeconds(60), 3);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> lookups = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private OutboundHttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getQuery();
            if (path.equals("/redirect")) {
                exchange.getResponseHeaders().set("Location", query);
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/endless")) {
                exchange.sendResponseHeaders(200, 0);
                writeUntilClosed(exchange.getResponseBody());
            } else if (path.equals("/slow")) {
                awaitEnd();
            } else {
                byte[] body = ("Host: " + exchange.getRequestHeaders().getFirst("Host") + " Cookie: "
                                + exchange.getRequestHeaders().getFirst("Cookie"))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Set-Cookie", "a=b");
                exchange.getResponseHeaders().set("Content-Type", "text/plain");
                exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        client = new OutboundHttpClient(this::resolve, Set.of("wiki.example.internal", "other.example.internal"));
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        client.close();
        server.stop(0);
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeUntilClosed(OutputStream out) throws IOException {
        byte[] part = new byte[8_192];
        while (true) {
            out.write(part);
        }
    }

    /** Names of the test; literals as the system reads them. */
    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookups.add(host);
        return switch (host.toLowerCase(Locale.ROOT)) {
            case "wiki.example.internal", "other.example.internal", "private.example.org", "wiki.example.internal." ->
                new InetAddress[] {InetAddress.getLoopbackAddress()};
            case "mixed.example.org" ->
                new InetAddress[] {InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("127.0.0.1")};
            // The name server of an attacker: private from the second answer on.
            case "rebound.example.org" -> {
                boolean first = lookups.stream().filter(host::equals).count() == 1;
                yield new InetAddress[] {InetAddress.ofLiteral(first ? "93.184.216.34" : "127.0.0.1")};
            }
            case "unknown.example.org" -> throw new UnknownHostException(host);
            default -> InetAddress.getAllByName(host);
        };
    }

    private URI address(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }

    private URI redirect(String target) {
        return address("wiki.example.internal", "/redirect?" + target);
    }

    @Test
    void get_hostThatIsAllowedByName_isFetchedWithoutCookies() throws Exception {
        URI address = address("wiki.example.internal", "/page");
        client.get(address, LIMITS);
        FetchedContent content = client.get(address, LIMITS);
        assertThat(content.status()).isEqualTo(200);
        assertThat(content.contentType()).contains("text/plain");
        assertThat(new String(content.body(), StandardCharsets.UTF_8))
                .isEqualTo("Host: wiki.example.internal:" + server.getAddress().getPort() + " Cookie: null");
        assertThat(client.get(address("WIKI.example.internal.", "/page"), LIMITS)
                        .status())
                .isEqualTo(200);
        assertThat(client.get(address("wiki.example.internal", "/missing"), LIMITS)
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "0",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd00:ec2::254]",
                "[ff02::1]",
                "[100::1]",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "169.254.169.254",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "private.example.org",
                "mixed.example.org"
            })
    void get_hostThatIsNotPublic_isRefusedWithoutAConnection(String host) {
        assertThatThrownBy(() -> client.get(address(host, "/"), LIMITS))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("is not public. Use the address of a public host");
        assertThatThrownBy(() -> client.get(redirect(address(host, "/secret").toString()), LIMITS))
                .isInstanceOf(ForbiddenAddressException.class);
        assertThat(requests).containsOnly("/redirect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "1.1.1.1",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "2606:2800:220:1:248:1893:25c8:1946",
                "2a00:1450:4001:81b::200e",
                "64:ff9b::5db8:d822"
            })
    void isPublic_publicAddress_isTrue(String literal) {
        assertThat(PublicAddressRule.isPublic(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void resolve_nameThatTurnsPrivate_isCheckedAtEveryConnection() throws Exception {
        GuardedResolver resolver = new GuardedResolver(this::resolve, Set.of());
        assertThat(resolver.resolve("rebound.example.org")).containsExactly(InetAddress.ofLiteral("93.184.216.34"));
        assertThatThrownBy(() -> resolver.resolve("rebound.example.org")).isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void get_eachConnection_asksOnceAndOpensWhatWasChecked() throws Exception {
        client.get(address("wiki.example.internal", "/page"), LIMITS);
        assertThat(lookups).containsExactly("wiki.example.internal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://wiki.example.internal/",
                "file:///etc/passwd",
                "http://anna:hunter@wiki.example.internal/",
                "http://127.1/",
                "gopher://wiki.example.internal/",
                "http:///x",
                "jar:http://wiki.example.internal/!/"
            })
    void get_addressOfAnotherKind_isRefused(String address) {
        assertThatThrownBy(() -> client.get(URI.create(address), LIMITS))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageContaining("Use an http or https address")
                .message()
                .doesNotContain("hunter", "passwd");
        assertThatThrownBy(() -> client.get(redirect(address), LIMITS)).isInstanceOf(IOException.class);
        assertThat(requests).containsOnly("/redirect");
    }

    @Test
    void get_redirects_areFollowedUpToTheLimit() throws Exception {
        String page = address("other.example.internal", "/page").toString();
        FetchedContent content = client.get(redirect(redirect(page).toString()), LIMITS);
        assertThat(content.address()).hasHost("other.example.internal").hasPath("/page");
        assertThatThrownBy(() -> client.get(redirect("/redirect?/redirect?/redirect?/redirect?/page"), LIMITS))
                .hasMessage("The address http://wiki.example.internal redirects more than 3 times.");
    }

    @Test
    void get_bodyWithoutEnd_isCutAtTheLimit() {
        assertThatThrownBy(() -> client.get(address("wiki.example.internal", "/endless"), LIMITS))
                .hasMessage("The content of http://wiki.example.internal has more than 1000 bytes.");
    }

    @Test
    void get_hostWithoutAnAnswer_endsAtTheLimit() {
        FetchLimits brief = new FetchLimits(1_000, Duration.ofMillis(300), 0);
        assertThatThrownBy(() -> client.get(address("wiki.example.internal", "/slow"), brief))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not respond within");
    }

    @Test
    void get_unknownHost_isAFailureOfItsOwn() {
        assertThatThrownBy(() -> client.get(URI.create("http://unknown.example.org/"), LIMITS))
                .isInstanceOf(UnknownHostException.class)
                .isNotInstanceOf(ForbiddenAddressException.class);
    }
}
