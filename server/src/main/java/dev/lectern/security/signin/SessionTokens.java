package dev.lectern.security.signin;

import dev.lectern.security.HostCookie;
import dev.lectern.shared.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.web.http.HttpSessionIdResolver;

/**
 * The ids of sessions. A browser has a token of 256 random bits in a cookie, and the id in the database is its hash: who reads the database has no session. A token is
 * in memory only from the moment in which its id is made to that in which the response gets the cookie. Thread-safe.
 */
final class SessionTokens implements SessionIdGenerator, HttpSessionIdResolver {
    static final String COOKIE = "lectern_session";
    private static final int BYTES = 32;

    private final HostCookie cookie = new HostCookie(COOKIE);
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    /** The last one of this thread, which also writes the response. */
    private static final ThreadLocal<Pending> PENDING = new ThreadLocal<>();

    private record Pending(String id, String token) {}

    /** @param lifetime of the cookie: the longest that a session may last */
    SessionTokens(Duration lifetime) {
        this.lifetime = lifetime;
    }

    /** Whether a request has the cookie, valid or not. */
    boolean isSent(HttpServletRequest request) {
        return cookie.isIn(request);
    }

    @Override
    public String generate() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String id = Sha256.hex(token);
        PENDING.set(new Pending(id, token));
        return id;
    }

    @Override
    public List<String> resolveSessionIds(HttpServletRequest request) {
        return cookie.read(request).stream().map(Sha256::hex).toList();
    }

    @Override
    public void setSessionId(HttpServletRequest request, HttpServletResponse response, String sessionId) {
        Pending last = PENDING.get();
        if (last == null || !last.id().equals(sessionId)) {
            throw new IllegalStateException("The token of a new session is given to one response only");
        }
        PENDING.remove();
        cookie.add(last.token(), lifetime, request, response);
    }

    @Override
    public void expireSession(HttpServletRequest request, HttpServletResponse response) {
        cookie.delete(request, response);
    }
}
