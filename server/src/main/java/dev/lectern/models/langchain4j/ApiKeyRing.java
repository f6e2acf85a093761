package dev.lectern.models.langchain4j;

import dev.lectern.models.QuotaLimit;
import dev.lectern.shared.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of a service, used in turn. A key whose quota for a model is used up is left out for that model until it is renewed. While that is so of all
 * keys, no call of the model is sent. Thread-safe.
 */
final class ApiKeyRing {
    /** How long another key is preferred to one whose refusal names no time. */
    private static final Duration PREFERENCE = Duration.ofSeconds(10);

    private final Deque<Secret> keys;
    private final Map<Use, Limit> limits = new HashMap<>();
    private final InstantSource clock;

    private record Use(Secret key, String model) {}

    /** @param avoidedUntil not before the end of the limit */
    private record Limit(QuotaLimit quota, Instant avoidedUntil) {}

    /**
     * Which key to use.
     *
     * @param key empty when the service needs none
     * @param limit the limit that ends first, when no call may be sent; otherwise null
     */
    record Choice(Secret key, @Nullable QuotaLimit limit) {}

    ApiKeyRing(List<Secret> keys, InstantSource clock) {
        this.keys = new ArrayDeque<>(keys.isEmpty() ? List.of(Secret.NONE) : keys);
        this.clock = clock;
    }

    /** Chooses the key that was not used for the longest time among those with quota for the model. */
    synchronized Choice choose(String model) {
        Instant now = clock.instant();
        limits.values().removeIf(limit -> !limit.avoidedUntil().isAfter(now));
        Optional<Secret> next = keys.stream()
                .filter(key -> !limits.containsKey(new Use(key, model)))
                .findFirst()
                .or(() ->
                        keys.stream().filter(key -> !isLimited(key, model, now)).findFirst());
        if (next.isPresent()) {
            keys.remove(next.get());
            keys.addLast(next.get());
            return new Choice(next.get(), null);
        }
        return new Choice(
                Secret.NONE,
                keys.stream()
                        .flatMap(key -> Stream.ofNullable(limits.get(new Use(key, model))))
                        .map(Limit::quota)
                        .min(Comparator.comparing(QuotaLimit::notBefore))
                        .orElseThrow());
    }

    private boolean isLimited(Secret key, String model, Instant now) {
        Limit limit = limits.get(new Use(key, model));
        return limit != null && limit.quota().notBefore().isAfter(now);
    }

    /** Uses other keys from the next call on. */
    synchronized void replace(List<Secret> others) {
        keys.clear();
        keys.addAll(others.isEmpty() ? List.of(Secret.NONE) : others);
    }

    /** The service refused a call with this key. */
    synchronized void limit(Secret key, String model, QuotaLimit quota) {
        Instant preference = clock.instant().plus(PREFERENCE);
        limits.put(
                new Use(key, model),
                new Limit(quota, quota.notBefore().isAfter(preference) ? quota.notBefore() : preference));
    }
}
