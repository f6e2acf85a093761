package dev.lectern.security;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** One kind of credentials by which a request tells who calls. Several are asked in their order, and the first that knows its kind decides. Thread-safe. */
public interface CallerAuthenticator {

    /**
     * The caller of a request.
     *
     * @return empty when the request has no credentials of this kind
     * @throws dev.lectern.shared.LecternException UNAUTHENTICATED for credentials of this kind that are wrong, expired or revoked
     */
    Optional<Caller> authenticate(HttpServletRequest request);

    /**
     * The caller of a request that is still being answered, such as the reader of a stream. What has ended since is refused, also if {@link #authenticate} would
     * find it remembered in the request. Renews nothing. May be called on another thread.
     *
     * @throws dev.lectern.shared.LecternException as {@link #authenticate}
     */
    default Optional<Caller> reauthenticate(HttpServletRequest request) {
        return authenticate(request);
    }
}
