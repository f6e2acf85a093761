package dev.lectern.http;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * A caller who sent no proof of identity and was made a new visitor for this request. The security module adds it to the request, beside the
 * {@link CallerAttribute}.
 */
public interface NewVisitor {

    /** Makes the visitor of an earlier request the caller of this one, and the response sets that visitor's cookie. */
    Caller resume(String visitorId);

    static void put(HttpServletRequest request, NewVisitor visitor) {
        request.setAttribute(NewVisitor.class.getName(), visitor);
    }

    /** Empty when the caller was known before this request. */
    static Optional<NewVisitor> of(HttpServletRequest request) {
        return Optional.ofNullable((NewVisitor) request.getAttribute(NewVisitor.class.getName()));
    }
}
