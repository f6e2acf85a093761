package dev.lectern.caching.redis;

import dev.lectern.caching.tiers.CacheEntry;
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

/** Stores the entries of one cache in Redis, under keys with a common prefix. Redis removes expired entries. */
public final class RedisStore implements SharedStore {
    private final RedisCommandExecutor commands;
    private final Executor executor;
    private final String prefix;

    /**
     * @param executor renews leases while a value is loaded
     * @param prefix such as {@code lectern:a1b2:search:1:}
     */
    public RedisStore(RedisCommandExecutor commands, Executor executor, String prefix) {
        this.commands = commands;
        this.executor = executor;
        this.prefix = prefix;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return commands.execute(redis -> redis.get(name(key)), null);
    }

    @Override
    public Map<String, byte[]> getAll(Collection<String> keys) {
        List<String> asked = List.copyOf(keys);
        byte[][] names = asked.stream().map(this::name).toArray(byte[][]::new);
        List<KeyValue<byte[], byte[]>> values = commands.execute(redis -> redis.mget(names), List.of());
        Map<String, byte[]> found = HashMap.newHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).hasValue()) {
                found.put(asked.get(i), values.get(i).getValue());
            }
        }
        return found;
    }

    @Override
    public void putAll(Map<String, CacheEntry> values) {
        commands.<@Nullable Void>execute(
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
    private record ClaimReply(boolean reached, boolean acquired, byte @Nullable [] value) {}

    @Override
    public Claim claim(String key) {
        byte[] lease = name(key + ":lease");
        byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        ClaimReply reply = commands.execute(
                redis -> redis.set(lease, token, SetArgs.Builder.nx().px(RedisLease.TTL))
                        .thenCombine(redis.get(name(key)), (set, value) -> new ClaimReply(true, set != null, value)),
                new ClaimReply(false, true, null));
        if (!reply.reached()) {
            return (Claim.Granted) () -> {};
        }
        RedisLease granted = reply.acquired() ? new RedisLease(commands, lease, token) : null;
        if (reply.value() != null) {
            if (granted != null) {
                granted.close();
            }
            return new Claim.Loaded(reply.value());
        }
        if (granted == null) {
            return new Claim.Taken();
        }
        granted.startRenewal(executor);
        return granted;
    }

    private byte[] name(String key) {
        return (prefix + key).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return commands.toString();
    }
}
