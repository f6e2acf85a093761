package dev.lectern.security;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The cookie of visitors, under the name of a {@link HostCookie}. */
final class VisitorCookies {
    /** The whole name in earlier versions, now followed by the port. */
    private static final String NAME = "lectern_visitor";

    private final HostCookie cookie = new HostCookie(NAME);
    private final Duration lifetime;
    private volatile VisitorCookieCodec codec;

    VisitorCookies(VisitorCookieCodec codec, Duration lifetime) {
        this.codec = codec;
        this.lifetime = lifetime;
    }

    /** Signs and reads cookies with another key from now on. */
    void use(VisitorCookieCodec other) {
        codec = other;
    }

    /**
     * The visitor of a request; empty when it has no cookie with a valid signature of this library. A cookie of another port or path or from before HTTPS,
     * which the server had then, is written again under the present name. Under HTTPS, those from before it are deleted then: browsers would go on sending
     * them by plain HTTP too.
     */
    Optional<Caller.Visitor> read(HttpServletRequest request, HttpServletResponse response) {
        Optional<Caller.Visitor> visitor = read(request, cookie.nameFor(request)::equals);
        if (visitor.isPresent()) {
            return visitor;
        }
        Optional<Caller.Visitor> former = read(request, name -> name.startsWith(HostCookie.SECURE_PREFIX + NAME))
                .or(() -> read(request, name -> name.startsWith(NAME)));
        former.ifPresent(known -> {
            write(known, request, response);
            deletePlain(request, response);
        });
        return former;
    }

    /** Sets the cookie of a visitor, instead of one that was set before on the same response. */
    void write(Caller.Visitor visitor, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(
                "Set-Cookie", HostCookie.format(cookie.nameFor(request), codec.sign(visitor), lifetime, request));
    }

    private void deletePlain(HttpServletRequest request, HttpServletResponse response) {
        if (HostCookie.isSecure(request)) {
            HostCookie.cookies(request)
                    .filter(sent -> sent.getName().startsWith(NAME)
                            && codec.read(sent.getValue()).isPresent())
                    .forEach(sent -> response.addHeader(
                            "Set-Cookie", HostCookie.format(sent.getName(), "", Duration.ZERO, request)));
        }
    }

    private Optional<Caller.Visitor> read(HttpServletRequest request, Predicate<String> name) {
        return HostCookie.values(request, name)
                .flatMap(value -> codec.read(value).stream())
                .findFirst();
    }
}
