package dev.lectern.caching.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes commands on the one connection to Redis. A command returns its reply within the time-out, or a fallback. After a failure every command returns its
 * fallback immediately, until a reconnection has succeeded. The first command connects. Thread-safe.
 */
public final class RedisCommandExecutor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisCommandExecutor.class);
    private static final long RECENT_ERROR_NANOS = Duration.ofMinutes(1).toNanos();

    /** Error replies of a server that cannot be used at all. Every other error concerns a single command. */
    private static final List<String> UNAVAILABLE_ERRORS = List.of("LOADING", "NOAUTH", "MASTERDOWN", "CLUSTERDOWN");

    private final RedisConnector connector;
    private final Duration timeout;
    private volatile @Nullable String lastError;
    private volatile long lastErrorAt;

    /** @param executor runs the reconnection, one task while Redis is unavailable */
    public RedisCommandExecutor(RedisUrl url, RedisProperties times, Executor executor) {
        this.connector = new RedisConnector(url, times, executor);
        this.timeout = times.timeout();
    }

    /**
     * Executes a command and waits for the reply.
     *
     * @param command must be asynchronous and never block
     * @param fallback the result when Redis is unavailable, too slow, or rejects the command
     */
    public <T extends @Nullable Object> T execute(
            Function<RedisAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command, T fallback) {
        RedisConnector.Connection connection = connector.connection();
        if (connection == null) {
            return fallback;
        }
        try {
            return command.apply(connection.commands())
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            connector.markLost(connection, "did not respond within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            recordFailure(connection, e.getCause());
        } catch (RedisException e) {
            recordFailure(connection, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return fallback;
    }

    /** Whether Redis is available; also true before the first command. */
    public boolean isAvailable() {
        return connector.isAvailable();
    }

    /** Sends a PING; false when it fails. */
    public boolean ping() {
        return execute(redis -> redis.ping().thenApply(pong -> true), false);
    }

    /** The error reply to a command within the last minute; null when there was none. */
    public @Nullable String recentError() {
        return System.nanoTime() - lastErrorAt < RECENT_ERROR_NANOS ? lastError : null;
    }

    /** Notifies {@code listener} when Redis becomes unavailable (false) and available again (true), but not of the current state. */
    public void onChange(Consumer<Boolean> listener) {
        connector.onChange(listener);
    }

    private void recordFailure(RedisConnector.Connection connection, @Nullable Throwable cause) {
        String reply = cause == null ? "" : String.valueOf(cause.getMessage());
        if (cause instanceof RedisCommandExecutionException
                && UNAVAILABLE_ERRORS.stream().noneMatch(reply::startsWith)) {
            if (recentError() == null) {
                log.warn("Redis rejects a command: {}", reply);
            }
            lastError = reply;
            lastErrorAt = System.nanoTime();
            return;
        }
        connector.markLost(connection, "failed: " + reply);
    }

    @Override
    public void close() {
        connector.close();
    }

    @Override
    public String toString() {
        return connector.toString();
    }
}
