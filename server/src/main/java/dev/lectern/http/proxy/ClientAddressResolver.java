package dev.lectern.http.proxy;

import dev.lectern.http.AddressRange;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.http.ProxyProperties;
import dev.lectern.http.ProxyProperties.ProxyHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the address of the client of a request, and the address under which it reached the server. */
@Component
class ClientAddressResolver {
    private static final List<String> FORWARDING = List.of(
            XForwardedHeaders.FOR,
            XForwardedHeaders.PROTO,
            XForwardedHeaders.HOST,
            XForwardedHeaders.PORT,
            XForwardedHeaders.PREFIX,
            ForwardedHeader.NAME,
            "X-Forwarded-Server",
            "X-Forwarded-Ssl",
            "X-Real-IP");

    private final List<AddressRange> trusted;
    private final ProxyHeaders kind;
    private final @Nullable ExternalAddress publicAddress;
    private final ForwardingHealthCheck monitor;

    ClientAddressResolver(ProxyProperties properties, ForwardingHealthCheck monitor) {
        this.trusted = properties.trustedRanges();
        this.kind = properties.proxyHeaders();
        this.publicAddress = properties.publicAddress().orElse(null);
        this.monitor = monitor;
    }

    ClientAddress resolve(HttpServletRequest request) {
        boolean hasHeaders = FORWARDING.stream().anyMatch(name -> request.getHeader(name) != null);
        ClientAddress peer = ClientAddress.ofPeer(request, hasHeaders || request.getHeader("Via") != null);
        if (!isTrusted(peer.peer())) {
            if (hasHeaders) {
                monitor.reportUntrusted(peer.peer());
            }
            return peer;
        }
        ForwardedValues forwarding = hasHeaders ? read(request, peer.peer()) : ForwardedValues.NONE;
        InetAddress client = forwarding.client() == null ? peer.peer() : forwarding.client();
        ExternalAddress external = publicAddress != null ? publicAddress : external(peer.external(), forwarding);
        return new ClientAddress(client, peer.peer(), peer.hasForwardingHeaders(), true, external);
    }

    private ForwardedValues read(HttpServletRequest request, InetAddress peer) {
        ForwardedValues standard = isRead(ProxyHeaders.FORWARDED)
                ? ForwardedHeader.read(lines(request, ForwardedHeader.NAME), this::isTrusted)
                : ForwardedValues.NONE;
        ForwardedValues common = isRead(ProxyHeaders.X_FORWARDED)
                ? XForwardedHeaders.read(name -> lines(request, name), this::isTrusted)
                : ForwardedValues.NONE;
        if (standard.contradicts(common)) {
            monitor.reportContradiction(peer);
        }
        return standard.merge(common);
    }

    private boolean isRead(ProxyHeaders headers) {
        return kind == ProxyHeaders.AUTO || kind == headers;
    }

    private boolean isTrusted(InetAddress address) {
        for (AddressRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> lines(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    /** A port that was written beside the host is the one that the client used; a port of its own only tells where a proxy listens. */
    private static ExternalAddress external(ExternalAddress own, ForwardedValues forwarding) {
        String scheme = Objects.requireNonNullElse(forwarding.scheme(), own.scheme());
        String authority = Objects.requireNonNullElse(forwarding.authority(), own.authority());
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        Integer written = hasPort ? NodeName.port(authority.substring(colon + 1)) : null;
        Integer port = written != null ? written : forwarding.port();
        return new ExternalAddress(
                scheme,
                hasPort ? authority.substring(0, colon) : authority,
                port != null ? port : ExternalAddress.defaultPort(scheme),
                Objects.requireNonNullElse(forwarding.prefix(), ""));
    }
}
