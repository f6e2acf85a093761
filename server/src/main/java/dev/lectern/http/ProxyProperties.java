package dev.lectern.http;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.SettingValidator;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reverse proxies before the server.
 *
 * @param trustedProxies IP addresses and networks of reverse proxies, separated by commas, such as 127.0.0.1,10.0.0.0/8. Forwarded and X-Forwarded-For,
 *     -Proto, -Host, -Port and -Prefix are read from these peers only, from right to left; from any other peer they are ignored and a warning is shown.
 * @param proxyHeaders Headers that the trusted proxies set: x-forwarded, forwarded (RFC 7239), auto, or none. With auto, both are read, and where they
 *     contradict each other neither is used, since one of them may come from the client. With none, none is read, for proxies that set no headers and
 *     pass on those of clients; it requires LECTERN_HTTP_PUBLIC_URL, and all readers count as one client.
 * @param publicUrl Address that readers use, such as https://docs.example.org/lectern. It replaces scheme, host, port and path of every request of a
 *     trusted proxy, its host name is accepted, and the page at this address may make changes. By default the headers of the proxies tell it.
 */
@ConfigurationProperties("lectern.http")
public record ProxyProperties(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("auto") ProxyHeaders proxyHeaders,
        @Nullable URI publicUrl) {
    /** One path segment or more, of characters that need no escaping in a header, a cookie or HTML. */
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");

    private static final int MAX_PREFIX = 200;

    /** The kind of headers that proxies set. */
    public enum ProxyHeaders {
        AUTO,
        FORWARDED,
        X_FORWARDED,
        NONE
    }

    public ProxyProperties {
        trustedProxies = trustedProxies.stream().map(String::strip).toList();
        SettingValidator settings = SettingValidator.of("lectern.http");
        trustedProxies.forEach(proxy -> settings.require(
                "trusted-proxies",
                proxy,
                AddressRange.parse(proxy).filter(range -> range.bits() > 0).isPresent(),
                "IP addresses and networks of the proxies, separated by commas, such as"
                        + " 127.0.0.1,10.0.0.0/8,2001:db8::/32. A network has no bits beyond its length, and /0 would"
                        + " trust everybody"));
        requireAddress(proxyHeaders, publicUrl);
        if (publicUrl != null) {
            settings.requireHttpUrl("public-url", publicUrl, "https://docs.example.org/lectern")
                    .require(
                            "public-url",
                            publicUrl,
                            publicUrl.getQuery() == null
                                    && publicUrl.getFragment() == null
                                    && prefix(publicUrl.getPath()).isPresent(),
                            "an address without query and fragment, whose path has only letters, digits and ._~-,"
                                    + " such as https://docs.example.org/lectern");
        }
    }

    /** Without headers and without a public address, no change of a page behind HTTPS would ever be accepted. */
    private static void requireAddress(ProxyHeaders headers, @Nullable URI publicUrl) {
        if (headers == ProxyHeaders.NONE && publicUrl == null) {
            throw new InvalidSettingException(
                    "LECTERN_HTTP_PROXY_HEADERS=none requires LECTERN_HTTP_PUBLIC_URL. Set it to the address that readers"
                            + " use, such as https://docs.example.org.");
        }
    }

    /** The networks of {@link #trustedProxies()}. */
    public List<AddressRange> trustedRanges() {
        return trustedProxies.stream()
                .flatMap(proxy -> AddressRange.parse(proxy).stream())
                .toList();
    }

    /** {@link #publicUrl()} in parts; empty when it is not set. */
    public Optional<ExternalAddress> publicAddress() {
        if (publicUrl == null) {
            return Optional.empty();
        }
        String scheme = publicUrl.getScheme().toLowerCase(Locale.ROOT);
        int port = publicUrl.getPort() > 0 ? publicUrl.getPort() : ExternalAddress.defaultPort(scheme);
        return Optional.of(new ExternalAddress(
                scheme, publicUrl.getHost(), port, prefix(publicUrl.getPath()).orElse("")));
    }

    /** A path prefix without the slash at its end. Empty when it is not acceptable: too long, with dot segments, or with other characters. */
    public static Optional<String> prefix(String path) {
        if (path.length() > MAX_PREFIX || !PREFIX.matcher(path).matches()) {
            return Optional.empty();
        }
        return Optional.of(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }
}
