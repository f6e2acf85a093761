package dev.lectern.http;

import dev.lectern.observability.spi.LogContext;
import java.util.regex.Pattern;

/** The id of the request that the current thread handles. Clients see it in the {@code X-Request-Id} header and in every problem. */
public final class RequestId {
    /** The request and response header. */
    public static final String HEADER = "X-Request-Id";

    /** The id outside of a request. */
    public static final String NONE = "none";

    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestId() {}

    /** The current id, also on threads that work for the request; {@code none} outside of a request. */
    public static String current() {
        return CURRENT.isBound()
                ? CURRENT.get()
                : LogContext.find(LogContext.Field.REQUEST).orElse(NONE);
    }

    /** Whether an id sent by a client is valid: 8 to 64 letters, digits, dots, underscores and hyphens. */
    public static boolean isWellFormed(String id) {
        return WELL_FORMED.matcher(id).matches();
    }
}
