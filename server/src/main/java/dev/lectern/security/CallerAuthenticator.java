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
}
