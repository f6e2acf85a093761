package dev.lectern.models.langchain4j;

import dev.lectern.shared.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API keys of a service, used in turn. A key whose quota is used up is left out until it is renewed, while there is another. Thread-safe. */
final class ApiKeyRing {
    /** For a refusal that names no time. */
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private final Deque<Secret> keys;
    private final Map<Secret, Instant> limitedUntil = new HashMap<>();
    private final InstantSource clock;

    ApiKeyRing(List<Secret> keys, InstantSource clock) {
        this.keys = new ArrayDeque<>(keys);
        this.clock = clock;
    }

    /** The key for the next call: the one that was not used for the longest time; empty when the service needs none. */
    synchronized Secret next() {
        Instant now = clock.instant();
        limitedUntil.values().removeIf(until -> !until.isAfter(now));
        Secret next = keys.stream()
                .filter(key -> !limitedUntil.containsKey(key))
                .findFirst()
                .orElseGet(() -> keys.isEmpty() ? Secret.NONE : keys.getFirst());
        if (keys.remove(next)) {
            keys.addLast(next);
        }
        return next;
    }

    /** @param wait as the service asked for; null when it did not */
    synchronized void limit(Secret key, @Nullable Duration wait) {
        limitedUntil.put(key, clock.instant().plus(wait == null ? DEFAULT_LIMIT : wait));
    }
}
