package dev.lectern.http;

import java.util.regex.Pattern;

/** The id of the request that the calling thread is at work on; clients see it as {@code X-Request-Id} and in every problem. */
public final class RequestId {
    /** The header that carries it, both ways. */
    public static final String HEADER = "X-Request-Id";

    /** The key under which log lines carry it. */
    public static final String LOG_KEY = "requestId";

    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestId() {}

    /** The id in force, or {@code none} outside of a request. */
    public static String current() {
        return CURRENT.orElse("none");
    }

    /** Whether an id that a client sent may be used: 8 to 64 letters, digits, dots, underscores and hyphens. */
    public static boolean isWellFormed(String id) {
        return WELL_FORMED.matcher(id).matches();
    }
}
