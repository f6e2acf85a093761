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
 * The one connection to Redis, for all who need it. Whoever asks gets an answer within the time-out or does without; after one failure nobody is kept
 * waiting until Redis has answered a probe. It connects when it is first asked. Thread-safe.
 */
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long REFUSED_LATELY_NANOS = Duration.ofMinutes(1).toNanos();

    /** Replies of a server that cannot be used at all; other errors concern the one command. */
    private static final List<String> OF_NO_USE = List.of("LOADING", "NOAUTH", "MASTERDOWN", "CLUSTERDOWN");

    private final RedisConnector connector;
    private final Duration timeout;
    private volatile @Nullable String refusal;
    private volatile long refusedAt;

    /** @param executor runs the probes; one while Redis is lost, none else */
    public RedisLink(RedisUrl url, RedisTimes times, Executor executor) {
        this.connector = new RedisConnector(url, times, executor);
        this.timeout = times.timeout();
    }

    /**
     * What Redis answers.
     *
     * @param command must only ask and never wait
     * @param otherwise the result when Redis is lost, is too slow, or refuses the command
     */
    public <T extends @Nullable Object> T ask(
            Function<RedisAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command, T otherwise) {
        RedisConnector.Connection connection = connector.connection();
        if (connection == null) {
            return otherwise;
        }
        try {
            return command.apply(connection.commands())
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            connector.lost(connection, "did not answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            failed(connection, e.getCause());
        } catch (RedisException e) {
            failed(connection, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return otherwise;
    }

    /** Whether it can be used; true as well before it was first asked. */
    public boolean isThere() {
        return connector.isThere();
    }

    /** Asks it now. */
    public boolean check() {
        return ask(redis -> redis.ping().thenApply(pong -> true), false);
    }

    /** What it refused within the last minute; null when nothing. */
    public @Nullable String refusedLately() {
        return System.nanoTime() - refusedAt < REFUSED_LATELY_NANOS ? refusal : null;
    }

    /** Tells {@code listener} when Redis is lost (false) and when it is back (true); not how it is now. */
    public void onChange(Consumer<Boolean> listener) {
        connector.onChange(listener);
    }

    private void failed(RedisConnector.Connection connection, @Nullable Throwable cause) {
        String reply = cause == null ? "" : String.valueOf(cause.getMessage());
        if (cause instanceof RedisCommandExecutionException
                && OF_NO_USE.stream().noneMatch(reply::startsWith)) {
            if (refusedLately() == null) {
                LOG.warn("Redis refuses a command: {}", reply);
            }
            refusal = reply;
            refusedAt = System.nanoTime();
            return;
        }
        connector.lost(connection, "failed: " + reply);
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
