package dev.lectern.library.originals;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Of one process alone. */
public final class LocalHolds implements Holds {
    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    @Override
    public void take(String hash) {
        held.merge(hash, 1, Integer::sum);
    }

    @Override
    public void release(String hash) {
        held.computeIfPresent(hash, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public boolean isHeld(String hash) {
        return held.containsKey(hash);
    }

    @Override
    public void forgetDead() {}
}
