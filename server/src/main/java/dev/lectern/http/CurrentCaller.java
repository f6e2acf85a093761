package dev.lectern.http;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The place in a request where security leaves who asks. Controllers take a {@link Caller} parameter instead. */
public final class CurrentCaller {
    private static final String ATTRIBUTE = CurrentCaller.class.getName();

    private CurrentCaller() {}

    public static void put(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** Who asks; empty outside of the API, where nobody is asked for. */
    public static Optional<Caller> of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }
}
