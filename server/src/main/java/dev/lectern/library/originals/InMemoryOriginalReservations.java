package dev.lectern.library.originals;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The reservations of one process, in memory. */
final class InMemoryOriginalReservations implements OriginalReservations {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public void reserve(String hash) {
        counts.merge(hash, 1, Integer::sum);
    }

    @Override
    public void release(String hash) {
        counts.computeIfPresent(hash, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public boolean isReserved(String hash) {
        return counts.containsKey(hash);
    }

    @Override
    public void deleteOfDeadNodes() {}
}
