package dev.lectern.security;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/**
 * A cookie of this server. Cookies belong to a host name with all its ports and, as these have to for {@code __Host-}, to all paths. So the name contains the port
 * and the path that the browser uses: two servers on one machine, behind a proxy or not, do not replace each other's cookie. No script reads it, and pages of other
 * sites do not send it with changes. Thread-safe.
 */
public final class HostCookie {
    /** Under HTTPS browsers accept a cookie of this name from the host itself alone, and only if it is secure: no other subdomain can plant one. */
    static final String SECURE_PREFIX = "__Host-";

    private final String name;

    /** @param name without the prefix, port and path */
    public HostCookie(String name) {
        this.name = name;
    }

    /** The values that a request has for it; several only if somebody sends the cookie twice. */
    public List<String> read(HttpServletRequest request) {
        return values(request, nameFor(request)::equals).toList();
    }

    /** Whether a request has it, with whatever value. */
    public boolean isIn(HttpServletRequest request) {
        return request.getCookies() != null && !read(request).isEmpty();
    }

    /** Adds it to the response. */
    public void add(String value, Duration lifetime, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", format(nameFor(request), value, lifetime, request));
    }

    /** Has the browser forget it. */
    public void delete(HttpServletRequest request, HttpServletResponse response) {
        add("", Duration.ZERO, request, response);
    }

    String nameFor(HttpServletRequest request) {
        ExternalAddress external = ClientAddress.of(request).external();
        return (external.isSecure() ? SECURE_PREFIX : "")
                + name
                + "_"
                + external.port()
                + external.prefix().replace('/', '_');
    }

    static String format(String name, String value, Duration maxAge, HttpServletRequest request) {
        return ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure(isSecure(request))
                .maxAge(maxAge)
                .build()
                .toString();
    }

    static boolean isSecure(HttpServletRequest request) {
        return ClientAddress.of(request).external().isSecure();
    }

    static Stream<Cookie> cookies(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream().flatMap(Stream::of);
    }

    static Stream<String> values(HttpServletRequest request, Predicate<String> name) {
        return cookies(request).filter(cookie -> name.test(cookie.getName())).map(Cookie::getValue);
    }
}
