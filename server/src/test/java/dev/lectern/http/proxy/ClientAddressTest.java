package dev.lectern.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.CapturedLog;
import dev.lectern.http.AddressRange;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.IpAddressParser;
import dev.lectern.http.ProxyProperties;
import dev.lectern.http.ProxyProperties.ProxyHeaders;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.shared.InvalidSettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ClientAddressTest {
    private Instant now = Instant.parse("2026-11-27T10:00:00Z");
    private final ForwardingHealthCheck monitor = new ForwardingHealthCheck(() -> now);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nobody is trusted, or the peer is not.
                "192.0.2.9 | X-Forwarded-For: 203.0.113.1 | 192.0.2.9",
                "192.0.2.9 | Forwarded: for=203.0.113.1 | 192.0.2.9",
                "192.0.2.9 | X-Real-IP: 203.0.113.1 | 192.0.2.9",
                // One proxy, two proxies, and what a client has made up on the left.
                "10.0.0.1 | X-Forwarded-For: 203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | X-Forwarded-For: 198.51.100.7, 203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | X-Forwarded-For: 198.51.100.7, 203.0.113.1, 10.0.0.2 | 203.0.113.1",
                "10.0.0.1 | X-Forwarded-For: 198.51.100.7 / X-Forwarded-For: 203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | X-Forwarded-For: 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.1:4711 | 203.0.113.1",
                "10.0.0.1 | X-Forwarded-For: [2001:db8::7]:4711 | 2001:db8::7",
                "10.0.0.1 | X-Forwarded-For: 2001:db8::7 | 2001:db8::7",
                "10.0.0.1 | X-Forwarded-For: ::ffff:203.0.113.1 | 203.0.113.1",
                "::ffff:10.0.0.1 | X-Forwarded-For: 203.0.113.1 | 203.0.113.1",
                "2001:db8:aa::1 | X-Forwarded-For: 203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | X-Real-IP: 203.0.113.1 | 10.0.0.1",
                // What cannot be read ends the walk at the proxy that reported it.
                "10.0.0.1 | X-Forwarded-For: 203.0.113.1, unknown, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.1, 999.1.1.1 | 10.0.0.1",
                "10.0.0.1 | X-Forwarded-For: 203.0.113.1, | 10.0.0.1",
                "10.0.0.1 | X-Forwarded-For: localhost | 10.0.0.1",
                "10.0.0.1 | X-Forwarded-For: 1.2 | 10.0.0.1",
                "10.0.0.1 | X-Forwarded-For: 0x7f000001 | 10.0.0.1",
                "10.0.0.1 | X-Forwarded-For: fe80::1%lo | 10.0.0.1",
                // RFC 7239.
                "10.0.0.1 | Forwarded: for=203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | Forwarded: For=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
                "10.0.0.1 | Forwarded: for=198.51.100.7, for=203.0.113.1;proto=https;by=10.0.0.2, for=10.0.0.2 |"
                        + " 203.0.113.1",
                "10.0.0.1 | Forwarded: for=203.0.113.1, for=_hidden, for=10.0.0.2 | 10.0.0.2",
                "10.0.0.1 | Forwarded: for=203.0.113.1, for=unknown | 10.0.0.1",
                "10.0.0.1 | Forwarded: for=203.0.113.1, proto=https | 10.0.0.1",
                "10.0.0.1 | Forwarded: for=\"_a,b;c\", for=203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | Forwarded: for=198.51.100.7, for=\" / Forwarded: for=203.0.113.1 | 10.0.0.1",
                "10.0.0.1 | Forwarded: for=198.51.100.7;x=\", for=203.0.113.1 | 10.0.0.1",
                "10.0.0.1 | Forwarded: for=198.51.100.7;x=\", for=\"[2001:db8::7]\" | 10.0.0.1",
                "10.0.0.1 | Forwarded: for=198.51.100.7;for=203.0.113.1 | 10.0.0.1",
                "10.0.0.1 | Forwarded: 203.0.113.1 | 10.0.0.1",
                // Both: one of them may be made up.
                "10.0.0.1 | Forwarded: for=203.0.113.1 / X-Forwarded-For: 203.0.113.1 | 203.0.113.1",
                "10.0.0.1 | Forwarded: for=198.51.100.7 / X-Forwarded-For: 203.0.113.1 | 10.0.0.1",
            })
    void client_isTheLastAddressThatATrustedProxyReported(String peer, String headers, String client) {
        ClientAddress address = resolver().resolve(request(peer, headers));
        assertThat(address.text()).isEqualTo(client);
        assertThat(address.hasForwardingHeaders()).isTrue();
    }

    @Test
    void kindOfHeadersThatIsNotTheProxys_isNotRead() {
        String both = "Forwarded: for=198.51.100.7;host=a.example / X-Forwarded-For: 203.0.113.1 / X-Forwarded-Host:"
                + " b.example";
        ClientAddress common = resolver(ProxyHeaders.X_FORWARDED, null).resolve(request("10.0.0.1", both));
        ClientAddress standard = resolver(ProxyHeaders.FORWARDED, null).resolve(request("10.0.0.1", both));
        assertThat(common.text()).isEqualTo("203.0.113.1");
        assertThat(common.external().host()).isEqualTo("b.example");
        assertThat(standard.text()).isEqualTo("198.51.100.7");
        assertThat(standard.external().host()).isEqualTo("a.example");
        assertThat(monitor.check().state()).isEqualTo(State.UP);
    }

    @Test
    void headersOfAProxyThatSetsNone_areNotRead() {
        String ofAClient =
                "Host: 127.0.0.1 / Forwarded: for=198.51.100.7;host=evil.example / X-Forwarded-For: 198.51.100.7"
                        + " / X-Forwarded-Host: evil.example / X-Forwarded-Prefix: /evil";
        ClientAddress address = resolver(ProxyHeaders.NONE, URI.create("https://docs.example.org"))
                .resolve(request("10.0.0.1", ofAClient));
        assertThat(address.text()).isEqualTo("10.0.0.1");
        assertThat(address.external().url("/x")).isEqualTo("https://docs.example.org/x");
        assertThat(monitor.check().state()).isEqualTo(State.UP);
        assertThatThrownBy(() -> resolver(ProxyHeaders.NONE, null))
                .hasMessageContaining("LECTERN_HTTP_PROXY_HEADERS=none requires LECTERN_HTTP_PUBLIC_URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.9 | Host: a.example:8080 | http://a.example:8080/x",
                "192.0.2.9 | Host: A.example | http://a.example/x",
                "192.0.2.9 | Host: [::1]:8080 | http://[::1]:8080/x",
                "192.0.2.9 | Host: a.example / X-Forwarded-Proto: https / X-Forwarded-Host: b.example /"
                        + " X-Forwarded-Prefix: /p | http://a.example/x",
                "10.0.0.1 | Host: a.example | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Proto: https | https://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Proto: HTTPS / X-Forwarded-Port: 443 | https://a.example/x",
                "10.0.0.1 | Host: a.example:8443 / X-Forwarded-Proto: https / X-Forwarded-Port: 443 |"
                        + " https://a.example:8443/x",
                "10.0.0.1 | Host: 127.0.0.1:8080 / X-Forwarded-Proto: https / X-Forwarded-Host: b.example /"
                        + " X-Forwarded-Port: 8443 | https://b.example:8443/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Prefix: /lectern/ | http://a.example/lectern/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Prefix: /a/lectern | http://a.example/a/lectern/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Prefix: / | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Prefix: //evil.example | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Prefix: /../x | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Prefix: /<b> | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Host: b.example/path | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Host: b.example:99999 | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-Proto: javascript | http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-For: 203.0.113.1, 10.0.0.2 / X-Forwarded-Proto: https, http"
                        + " | https://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-For: 203.0.113.1 / X-Forwarded-Proto: https, http |"
                        + " http://a.example/x",
                "10.0.0.1 | Host: a.example / X-Forwarded-For: 203.0.113.1, 10.0.0.2 / X-Forwarded-Proto: https |"
                        + " https://a.example/x",
                "10.0.0.1 | Host: a.example / Forwarded: for=203.0.113.1;proto=https;host=\"b.example:8443\" |"
                        + " https://b.example:8443/x",
                "10.0.0.1 | Host: a.example / Forwarded: host=evil.example,"
                        + " for=203.0.113.1;proto=https;host=b.example, for=10.0.0.2 | https://b.example/x",
                "10.0.0.1 | Host: a.example / Forwarded: proto=https / X-Forwarded-Proto: http | http://a.example/x",
            })
    void externalAddress_isThatOfTheClientsBrowser(String peer, String headers, String url) {
        assertThat(resolver().resolve(request(peer, headers)).external().url("/x"))
                .isEqualTo(url);
    }

    @Test
    void publicUrl_replacesTheAddressOfRequestsOfTrustedProxies_andOfThoseAlone() {
        ClientAddressResolver resolver = resolver(ProxyHeaders.AUTO, URI.create("https://docs.example.org/lectern/"));
        String headers = "Host: a.example / X-Forwarded-For: 203.0.113.1 / X-Forwarded-Host: evil.example";
        ClientAddress proxied = resolver.resolve(request("10.0.0.1", headers));
        assertThat(proxied.external().url("/x")).isEqualTo("https://docs.example.org/lectern/x");
        assertThat(proxied.external().origin()).isEqualTo("https://docs.example.org");
        assertThat(proxied.text()).isEqualTo("203.0.113.1");
        assertThat(resolver.resolve(request("192.0.2.9", headers)).external().url("/x"))
                .isEqualTo("http://a.example/x");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "64:ff9b::192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::ffff, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "[::1], 0:0:0:0:0:0:0:1",
    })
    void key_countsIpv6ByNetwork_andIpv4ByAddress(String peer, String key) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        assertThat(ClientAddress.of(request).key()).isEqualTo(key);
    }

    @Test
    void forgedHeadersOfAnUntrustedPeer_shareOneKey() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String victim = "203.0." + i / 250 + "." + i % 250;
            for (String header : List.of("Forwarded: for=", "X-Forwarded-For: ", "X-Real-IP: ")) {
                keys.add(resolver()
                        .resolve(request("192.0.2.9", header + victim))
                        .key());
            }
        }
        assertThat(keys).containsExactly("192.0.2.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1 | Host: localhost | true",
                "0:0:0:0:0:0:0:1 | Host: localhost | true",
                "192.0.2.9 | Host: localhost | false",
                "127.0.0.1 | X-Forwarded-For: 127.0.0.1 | false",
                "127.0.0.1 | Forwarded: for=127.0.0.1 | false",
                "127.0.0.1 | Via: 1.1 proxy | false",
                "127.0.0.1 | X-Real-IP: 127.0.0.1 | false",
            })
    void loopback_isAPeerOnThisMachineWithoutForwardingHeaders(String peer, String headers, boolean isLoopback) {
        assertThat(resolver().resolve(request(peer, headers)).isLoopback()).isEqualTo(isLoopback);
    }

    @Test
    void laterFilters_seeTheRequestAsTheClientHasSentIt() throws Exception {
        MockHttpServletRequest request = request(
                "10.0.0.1",
                "Host: 127.0.0.1:8080 / X-Forwarded-For: 203.0.113.1 / X-Forwarded-Proto: https / X-Forwarded-Host:"
                        + " b.example");
        request.setRequestURI("/api/v1/jobs");
        MockFilterChain chain = new MockFilterChain();
        new ClientAddressFilter(resolver()).doFilter(request, new MockHttpServletResponse(), chain);
        var seen = (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
        assertThat(seen.getRemoteAddr()).isEqualTo("203.0.113.1").isEqualTo(seen.getRemoteHost());
        assertThat(seen.isSecure()).isTrue();
        assertThat(seen.getScheme()).isEqualTo("https");
        assertThat(seen.getServerName()).isEqualTo("b.example");
        assertThat(seen.getServerPort()).isEqualTo(443);
        assertThat(seen.getRequestURL()).hasToString("https://b.example/api/v1/jobs");
        assertThat(ClientAddress.of(seen).text()).isEqualTo("203.0.113.1");
    }

    @Test
    void headersOfAnUntrustedPeer_areReportedOnceAnHour_andInTheHealthReport() {
        try (CapturedLog log = CapturedLog.start()) {
            assertThat(monitor.check().state()).isEqualTo(State.UP);
            for (int i = 0; i < 3; i++) {
                resolver().resolve(request("192.0.2.9", "X-Forwarded-For: 203.0.113.1"));
            }
            assertThat(monitor.check().state()).isEqualTo(State.WARNING);
            assertThat(monitor.check().sentence()).contains("192.0.2.9", "LECTERN_HTTP_TRUSTED_PROXIES");
            assertThat(log.warnings("LECTERN_HTTP_TRUSTED_PROXIES")).hasSize(1);
            resolver().resolve(request("10.0.0.1", "Forwarded: for=198.51.100.7 / X-Forwarded-For: 203.0.113.1"));
            assertThat(monitor.check().sentence())
                    .contains("LECTERN_HTTP_TRUSTED_PROXIES", "LECTERN_HTTP_PROXY_HEADERS");
            assertThat(log.warnings("LECTERN_HTTP_")).hasSize(2);
            now = now.plus(Duration.ofMinutes(61));
            assertThat(monitor.check().state()).isEqualTo(State.UP);
            resolver().resolve(request("192.0.2.9", "Forwarded: for=203.0.113.1"));
            assertThat(log.warnings("LECTERN_HTTP_")).hasSize(3);
        }
    }

    @Test
    void requestWithoutHeaders_isReportedByNobody() {
        resolver().resolve(request("192.0.2.9", "Via: 1.1 office"));
        resolver().resolve(request("10.0.0.1", "X-Forwarded-For: 203.0.113.1"));
        assertThat(monitor.check().state()).isEqualTo(State.UP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "0.0.0.0/0",
                "::/0",
                "10.0.0.0/",
                "10.0.0.0/08",
                "fe80::1%eth0",
                "1.2"
            })
    void wrongTrustedProxy_saysWhatToWrite(String proxy) {
        assertThatThrownBy(() -> new ProxyProperties(List.of(proxy), ProxyHeaders.AUTO, null))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("LECTERN_HTTP_TRUSTED_PROXIES=" + proxy)
                .hasMessageContaining("10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs.example.org",
                "ftp://a.example",
                "https://a.example/?q",
                "https://a.example/a b",
                "https://a.example/../x",
                "https://a.example/#x"
            })
    void wrongPublicUrl_saysWhatToWrite(String url) {
        assertThatThrownBy(() -> new ProxyProperties(List.of(), ProxyHeaders.AUTO, URI.create(url.replace(" ", "%20"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("LECTERN_HTTP_PUBLIC_URL");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::/33, 10.0.0.1, false",
    })
    void range_containsTheAddressesOfItsNetwork(String range, String address, boolean contains) {
        assertThat(AddressRange.parse(range)
                        .orElseThrow()
                        .contains(IpAddressParser.parse(address).orElseThrow()))
                .isEqualTo(contains);
    }

    private ClientAddressResolver resolver() {
        return resolver(ProxyHeaders.AUTO, null);
    }

    private ClientAddressResolver resolver(ProxyHeaders kind, @Nullable URI publicUrl) {
        return new ClientAddressResolver(
                new ProxyProperties(List.of("10.0.0.0/8", "2001:db8:aa::/48"), kind, publicUrl), monitor);
    }

    /** @param headers separated by {@code " / "} */
    private static MockHttpServletRequest request(String peer, String headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (String header : headers.split(" / ", -1)) {
            int colon = header.indexOf(": ");
            request.addHeader(header.substring(0, colon), header.substring(colon + 2));
        }
        String host = request.getHeader("Host");
        if (host != null) {
            int colon = host.lastIndexOf(':');
            boolean hasPort = colon > host.lastIndexOf(']');
            request.setServerName(hasPort ? host.substring(0, colon) : host);
            request.setServerPort(hasPort ? Integer.parseInt(host.substring(colon + 1)) : 80);
        }
        return request;
    }
}
