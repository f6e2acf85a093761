package dev.lectern.security;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * The cookie of visitors. Cookies belong to a host name with all its ports and, as this one has to for {@code __Host-}, to all paths. So its name contains the
 * port and the path that the browser uses: two servers on one machine, behind a proxy or not, do not replace each other's cookie.
 */
final class VisitorCookies {
    /** The whole name in earlier versions, now followed by the port. */
    private static final String NAME = "lectern_visitor";

    /** Under HTTPS browsers accept a cookie of this name from the host itself alone, and only if it is secure: no other subdomain can plant one. */
    private static final String SECURE_PREFIX = "__Host-";

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
        Optional<Caller.Visitor> visitor = read(request, nameFor(request)::equals);
        if (visitor.isPresent()) {
            return visitor;
        }
        Optional<Caller.Visitor> former = read(request, name -> name.startsWith(SECURE_PREFIX + NAME))
                .or(() -> read(request, name -> name.startsWith(NAME)));
        former.ifPresent(known -> {
            write(known, request, response);
            deletePlain(request, response);
        });
        return former;
    }

    /** Sets the cookie of a visitor, instead of one that was set before on the same response. */
    void write(Caller.Visitor visitor, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Set-Cookie", cookie(nameFor(request), codec.sign(visitor), lifetime, request));
    }

    private void deletePlain(HttpServletRequest request, HttpServletResponse response) {
        if (isSecure(request)) {
            cookies(request)
                    .filter(cookie -> cookie.getName().startsWith(NAME)
                            && codec.read(cookie.getValue()).isPresent())
                    .forEach(cookie ->
                            response.addHeader("Set-Cookie", cookie(cookie.getName(), "", Duration.ZERO, request)));
        }
    }

    private static String cookie(String name, String value, Duration maxAge, HttpServletRequest request) {
        return ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure(isSecure(request))
                .maxAge(maxAge)
                .build()
                .toString();
    }

    private static boolean isSecure(HttpServletRequest request) {
        return ClientAddress.of(request).external().isSecure();
    }

    private Optional<Caller.Visitor> read(HttpServletRequest request, Predicate<String> name) {
        return cookies(request)
                .filter(cookie -> name.test(cookie.getName()))
                .map(Cookie::getValue)
                .flatMap(value -> codec.read(value).stream())
                .findFirst();
    }

    private static Stream<Cookie> cookies(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream().flatMap(Stream::of);
    }

    private static String nameFor(HttpServletRequest request) {
        ExternalAddress external = ClientAddress.of(request).external();
        return (external.isSecure() ? SECURE_PREFIX : "")
                + NAME
                + "_"
                + external.port()
                + external.prefix().replace('/', '_');
    }
}
