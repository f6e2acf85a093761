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

/** The right to load, renewed as long as it is held; ends a few seconds after the process that held it. */
final class RedisLease implements Claim.Granted {
    static final Duration TTL = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(RedisLease.class);
    private static final String RENEW =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], " + TTL.toMillis()
                    + ") end return 0";
    private static final String GIVE_BACK =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    private final RedisLink link;
    private final byte[] name;
    private final byte[] token;
    private final CountDownLatch done = new CountDownLatch(1);

    RedisLease(RedisLink link, byte[] name, byte[] token) {
        this.link = link;
        this.name = name;
        this.token = token;
    }

    void renewOn(Executor executor) {
        try {
            executor.execute(this::renew);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The server is stopping; the lease is not renewed");
        }
    }

    private void renew() {
        try {
            while (!done.await(TTL.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                run(RENEW);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String script) {
        link.ask(redis -> redis.<Long>eval(script, ScriptOutputType.INTEGER, new byte[][] {name}, token), 0L);
    }

    @Override
    public void close() {
        done.countDown();
        run(GIVE_BACK);
    }
}
