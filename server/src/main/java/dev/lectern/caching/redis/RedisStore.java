package dev.lectern.caching.redis;

import dev.lectern.caching.tiers.Kept;
import dev.lectern.caching.tiers.SharedStore;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The values of one cache under keys with a prefix of their own. Redis drops each when its time is over. */
public final class RedisStore implements SharedStore {
    private final RedisLink link;
    private final Executor executor;
    private final String prefix;

    /**
     * @param executor renews leases while something is loaded
     * @param prefix such as {@code lectern:a1b2:search:1:}
     */
    public RedisStore(RedisLink link, Executor executor, String prefix) {
        this.link = link;
        this.executor = executor;
        this.prefix = prefix;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return link.ask(redis -> redis.get(name(key)), null);
    }

    @Override
    public Map<String, byte[]> getAll(Collection<String> keys) {
        List<String> asked = List.copyOf(keys);
        byte[][] names = asked.stream().map(this::name).toArray(byte[][]::new);
        List<KeyValue<byte[], byte[]>> values = link.ask(redis -> redis.mget(names), List.of());
        Map<String, byte[]> found = HashMap.newHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).hasValue()) {
                found.put(asked.get(i), values.get(i).getValue());
            }
        }
        return found;
    }

    @Override
    public void putAll(Map<String, Kept> values) {
        link.<@Nullable Void>ask(
                redis -> CompletableFuture.allOf(values.entrySet().stream()
                        .map(entry -> redis.psetex(
                                name(entry.getKey()),
                                entry.getValue().ttl().toMillis(),
                                entry.getValue().bytes()))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new)),
                null);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
    private record Asked(boolean reached, boolean first, byte @Nullable [] value) {}

    @Override
    public Claim claim(String key) {
        byte[] lease = name(key + ":lease");
        byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        Asked asked = link.ask(
                redis -> redis.set(lease, token, SetArgs.Builder.nx().px(RedisLease.TTL))
                        .thenCombine(redis.get(name(key)), (set, value) -> new Asked(true, set != null, value)),
                new Asked(false, true, null));
        if (!asked.reached()) {
            return (Claim.Granted) () -> {};
        }
        RedisLease granted = asked.first() ? new RedisLease(link, lease, token) : null;
        if (asked.value() != null) {
            if (granted != null) {
                granted.close();
            }
            return new Claim.Loaded(asked.value());
        }
        if (granted == null) {
            return new Claim.Taken();
        }
        granted.renewOn(executor);
        return granted;
    }

    private byte[] name(String key) {
        return (prefix + key).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return link.toString();
    }
}
