package dev.lectern.security.limits;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntSupplier;

/** Counts what each client has open. Clients who have nothing open take no memory. Thread-safe. */
final class ConcurrencyLimit {
    private final IntSupplier max;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /** @param max for each client at present; 0 for no limit */
    ConcurrencyLimit(IntSupplier max) {
        this.max = max;
    }

    int max() {
        return max.getAsInt();
    }

    /** False at the limit; otherwise the caller calls {@link #leave} at the end. */
    boolean tryEnter(String client) {
        boolean[] entered = {true};
        int most = max();
        open.compute(client, (key, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = most == 0 || before < most;
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
