package dev.lectern.security.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts what each client has open. Clients who have nothing open take no memory. Thread-safe. */
final class ConcurrencyLimit {
    private final int max;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /** @param max for each client; 0 for no limit */
    ConcurrencyLimit(int max) {
        this.max = max;
    }

    int max() {
        return max;
    }

    /** False at the limit; otherwise the caller calls {@link #leave} at the end. */
    boolean tryEnter(String client) {
        boolean[] entered = {true};
        open.compute(client, (key, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = max == 0 || before < max;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    void leave(String client) {
        open.computeIfPresent(client, (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    /** Clients that have something open, for tests. */
    int size() {
        return open.size();
    }
}
