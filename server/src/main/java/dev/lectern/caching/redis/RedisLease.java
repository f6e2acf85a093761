package dev.lectern.caching.redis;

import dev.lectern.caching.tiers.SharedStore.Claim;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease to load one value. It is renewed until it is closed, and expires a few seconds after its process has ended. */
final class RedisLease implements Claim.Granted {
    static final Duration TTL = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(RedisLease.class);
    private static final String RENEW =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], " + TTL.toMillis()
                    + ") end return 0";
    private static final String RELEASE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    private final RedisCommandExecutor commands;
    private final byte[] name;
    private final byte[] token;
    private final CountDownLatch closed = new CountDownLatch(1);

    RedisLease(RedisCommandExecutor commands, byte[] name, byte[] token) {
        this.commands = commands;
        this.name = name;
        this.token = token;
    }

    void startRenewal(Executor executor) {
        try {
            executor.execute(this::renew);
        } catch (RejectedExecutionException stopping) {
            log.debug("The server is stopping; the lease is not renewed");
        }
    }

    private void renew() {
        try {
            while (!closed.await(TTL.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                run(RENEW);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String script) {
        commands.execute(redis -> redis.<Long>eval(script, ScriptOutputType.INTEGER, new byte[][] {name}, token), 0L);
    }

    @Override
    public void close() {
        closed.countDown();
        run(RELEASE);
    }
}
