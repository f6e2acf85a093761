package dev.lectern.http.web;

import java.time.Duration;

/** Formats the value of the Retry-After header. */
final class RetryAfterHeader {
    private RetryAfterHeader() {}

    /** Whole seconds, rounded up, at least one. */
    static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
