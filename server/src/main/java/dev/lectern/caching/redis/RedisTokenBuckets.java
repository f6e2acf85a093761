package dev.lectern.caching.redis;

import dev.lectern.caching.TokenBuckets.Balance;
import dev.lectern.caching.TokenBuckets.Limit;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Token buckets in Redis, which all nodes share. Their clocks must agree to a second or so, since a bucket's state has the time of the node that changed it.
 * Each node changes a bucket by one request at a time, and does not ask for a bucket that it knows to be empty: however many requests of one address arrive at
 * once, they cannot keep Redis busy with attempts that lose against each other. Thread-safe.
 */
public final class RedisTokenBuckets {
    private static final Logger log = LoggerFactory.getLogger(RedisTokenBuckets.class);
    private static final int LOCKS = 256;
    /** Kept beyond the time at which a bucket is full, for clocks that differ. */
    private static final Duration KEPT_LONGER = Duration.ofSeconds(10);

    private final RedisCommandExecutor commands;
    private final Supplier<String> prefix;
    private final TimeMeter clock;
    private final EmptyBuckets empty;
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);
    private volatile @Nullable Manager current;

    /** The buckets by one connection. */
    private record Manager(RedisAsyncCommands<byte[], byte[]> connection, AsyncProxyManager<byte[]> buckets) {}

    /** @param prefix prefix of the keys, the same on all nodes of a library; called by the first use */
    public RedisTokenBuckets(RedisCommandExecutor commands, Supplier<String> prefix, TimeMeter clock) {
        this.commands = commands;
        this.prefix = prefix;
        this.clock = clock;
        this.empty = new EmptyBuckets(clock);
    }

    /** As {@link dev.lectern.caching.TokenBuckets#take}; empty while Redis is unavailable. */
    public Optional<Balance> take(String bucket, Limit limit) {
        ReentrantLock lock = locks[Math.floorMod(bucket.hashCode(), LOCKS)];
        lock.lock();
        try {
            Optional<Balance> known = empty.find(bucket);
            if (known.isPresent() && commands.isAvailable()) {
                return known;
            }
            Optional<Balance> balance = execute(
                    bucket,
                    limit,
                    proxy -> proxy.tryConsumeAndReturnRemaining(1)
                            .thenApply(probe -> new Balance(
                                    probe.isConsumed(),
                                    probe.getRemainingTokens(),
                                    Duration.ofNanos(probe.getNanosToWaitForReset()))));
            balance.filter(left -> left.remaining() == 0)
                    .ifPresent(left -> empty.put(bucket, left.untilReset().toNanos()));
            return balance;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link dev.lectern.caching.TokenBuckets#peek}; empty while Redis is unavailable. */
    public Optional<Balance> peek(String bucket, Limit limit) {
        return execute(
                bucket,
                limit,
                proxy -> proxy.asVerbose()
                        .getAvailableTokens()
                        .thenApply(result -> new Balance(
                                result.getValue() > 0,
                                result.getValue(),
                                Duration.ofNanos(result.getDiagnostics().calculateFullRefillingTime()))));
    }

    private Optional<Balance> execute(
            String bucket, Limit limit, Function<AsyncBucketProxy, CompletableFuture<Balance>> change) {
        byte[] key = (prefix.get() + bucket).getBytes(StandardCharsets.UTF_8);
        BucketConfiguration configuration = BucketConfiguration.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.tokens()).refillIntervally(limit.tokens(), limit.window()))
                .build();
        @Nullable Balance balance = commands.<@Nullable Balance>execute(
                redis -> change.apply(manager(redis)
                                .builder()
                                .build(key, () -> CompletableFuture.completedFuture(configuration)))
                        .exceptionallyCompose(failure -> replaceDamaged(redis, key, failure)),
                null);
        return Optional.ofNullable(balance);
    }

    /** A value that is no bucket is deleted, and this request counts on this node. It is no reason to give up Redis. */
    private static CompletionStage<@Nullable Balance> replaceDamaged(
            RedisAsyncCommands<byte[], byte[]> redis, byte[] key, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RedisException) {
            return CompletableFuture.failedFuture(cause);
        }
        log.warn("The count of a rate limit in Redis cannot be read and is replaced: {}", cause.toString());
        return redis.del(key).thenApply(deleted -> null);
    }

    /** A reconnection makes another one. */
    @SuppressWarnings("ReferenceEquality") // another connection is another object
    private AsyncProxyManager<byte[]> manager(RedisAsyncCommands<byte[], byte[]> redis) {
        Manager known = current;
        if (known == null || known.connection() != redis) {
            known = new Manager(
                    redis,
                    Bucket4jLettuce.casBasedBuilder(redis)
                            .clientClock(clock)
                            .expirationAfterWrite(
                                    ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
                            .build()
                            .asAsync());
            current = known;
        }
        return known.buckets();
    }
}
