package dev.lectern.http.outbound;

import java.time.Duration;

/**
 * Limits of one fetch.
 *
 * @param maxBytes maximum size of the body; a longer one fails. From 1 to 1 GiB
 * @param timeout maximum time from the look-up of the name to the last byte, redirects included; positive
 * @param maxRedirects maximum number of redirects that are followed, 0 to 10
 */
public record FetchLimits(int maxBytes, Duration timeout, int maxRedirects) {
    private static final int MAX_BYTES = 1 << 30;
    private static final int MAX_REDIRECTS = 10;

    public FetchLimits {
        if (maxBytes < 1
                || maxBytes > MAX_BYTES
                || !timeout.isPositive()
                || maxRedirects < 0
                || maxRedirects > MAX_REDIRECTS) {
            throw new IllegalArgumentException(
                    "Limits out of bounds: " + maxBytes + ", " + timeout + ", " + maxRedirects);
        }
    }
}
