package dev.lectern.http;

import dev.lectern.observability.spi.LogContext;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The request attribute with the authenticated caller, which the security module sets. Controllers take a {@link Caller} parameter instead. */
public final class CallerAttribute {
    private static final String ATTRIBUTE = CallerAttribute.class.getName();

    private CallerAttribute() {}

    /** Sets the caller, also for the log lines of the request. */
    public static void put(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
        LogContext.put(LogContext.Field.CALLER, caller.id());
    }

    /** The caller of the request; empty outside of the API, where requests are not authenticated. */
    public static Optional<Caller> of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }
}
