package dev.lectern.caching.redis;

import dev.lectern.observability.spi.BackgroundTask;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to Redis, and reconnects in the background after a failure. Automatic reconnection of the Lettuce client is off: it does not detect a server that
 * vanished without closing the connection, and it queues commands meanwhile. Thread-safe.
 */
final class RedisConnector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisConnector.class);
    private static final int THREADS = 2;
    private static final int QUEUE = 10_000;

    private final RedisUrl url;
    private final RedisProperties times;
    private final Executor executor;
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Guards the fields below and connecting. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable ClientResources resources;
    private @Nullable RedisClient client;
    private volatile @Nullable Connection current;
    private volatile boolean lost;

    RedisConnector(RedisUrl url, RedisProperties times, Executor executor) {
        this.url = url;
        this.times = times;
        this.executor = executor;
    }

    /** An established connection. */
    record Connection(StatefulRedisConnection<byte[], byte[]> stateful) {
        RedisAsyncCommands<byte[], byte[]> commands() {
            return stateful.async();
        }
    }

    /** The connection, established by the first call; null while Redis is unavailable. */
    @Nullable Connection connection() {
        Connection connection = current;
        if (connection != null || lost) {
            return connection;
        }
        lock.lock();
        try {
            if (current == null && !lost && closed.getCount() > 0) {
                connect();
            }
            return current;
        } catch (RedisException e) {
            markLost(null, "cannot be reached");
            return null;
        } finally {
            lock.unlock();
        }
    }

    boolean isAvailable() {
        return !lost;
    }

    void onChange(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    /** @param failed the failed connection, null when none could be established; a connection that was replaced meanwhile is ignored */
    void markLost(@Nullable Connection failed, String how) {
        if (closed.getCount() == 0) {
            return;
        }
        lock.lock();
        try {
            if (lost || !Objects.equals(failed, current)) {
                return;
            }
            lost = true;
            current = null;
        } finally {
            lock.unlock();
        }
        log.warn("Redis at {} {}; this node continues without it and reconnects every {}", url, how, times.pause());
        if (failed != null) {
            var _ = failed.stateful().closeAsync();
        }
        listeners.forEach(listener -> listener.accept(false));
        try {
            executor.execute(new BackgroundTask(this::reconnect));
        } catch (RejectedExecutionException stopping) {
            log.debug("The server is stopping; no reconnection to Redis");
        }
    }

    private void reconnect() {
        try {
            while (!closed.await(times.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                if (tryReconnect()) {
                    log.info("Redis at {} is available again", url);
                    listeners.forEach(listener -> listener.accept(true));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryReconnect() {
        lock.lock();
        try {
            if (closed.getCount() == 0) {
                return true;
            }
            connect();
            lost = false;
            return true;
        } catch (RedisException e) {
            log.debug("Redis is still unavailable", e);
            return false;
        } catch (RuntimeException | Error e) {
            log.warn("The reconnection to Redis failed unexpectedly; it is tried again", e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The caller must hold the lock. */
    private void connect() {
        if (client == null) {
            resources = DefaultClientResources.builder()
                    .ioThreadPoolSize(THREADS)
                    .computationThreadPoolSize(THREADS)
                    .build();
            client = RedisClient.create(resources);
            client.setOptions(ClientOptions.builder()
                    .autoReconnect(false)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .requestQueueSize(QUEUE)
                    .socketOptions(SocketOptions.builder()
                            .connectTimeout(times.connectTimeout())
                            .build())
                    .build());
        }
        RedisURI uri = RedisURI.create(url.reveal());
        uri.setTimeout(times.connectTimeout());
        Connection established = new Connection(client.connect(ByteArrayCodec.INSTANCE, uri));
        established.stateful().sync().ping();
        current = established;
        established.stateful().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                markLost(established, "closed the connection");
            }
        });
    }

    @Override
    public void close() {
        closed.countDown();
        RedisClient ended;
        ClientResources used;
        lock.lock();
        try {
            current = null;
            ended = client;
            used = resources;
        } finally {
            lock.unlock();
        }
        // Without the lock, since the shutdown waits for threads that may be reporting a lost connection.
        if (ended != null && used != null) {
            ended.shutdown(Duration.ZERO, times.connectTimeout());
            var _ = used.shutdown(0, times.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public String toString() {
        return "Redis[" + url + "]";
    }
}
