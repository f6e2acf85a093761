package dev.lectern.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.CapturedLog;
import dev.lectern.NeedsServer;
import dev.lectern.caching.TokenBuckets.Balance;
import dev.lectern.caching.TokenBuckets.Limit;
import dev.lectern.caching.caffeine.LocalTokenBuckets;
import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisProperties;
import dev.lectern.caching.redis.RedisTokenBuckets;
import dev.lectern.caching.redis.RedisUrl;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Buckets of one node, and those of two nodes in one real Redis. */
@NeedsServer
@Timeout(120)
class TokenBucketsTest {
    private static final Limit HUNDRED = new Limit(100, Duration.ofMinutes(1));
    private static final RedisProperties TIMES =
            new RedisProperties(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(100));

    private final TestRedisServer redis = TestRedisServer.running();
    private final String prefix = "lectern:" + UUID.randomUUID() + ":limit:";
    private final AdjustableClock clock = new AdjustableClock();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<RedisCommandExecutor> connections = new ArrayList<>();

    private TokenBuckets local() {
        return new LocalTokenBuckets(new WallClockMeter(clock));
    }

    private TokenBuckets node() {
        RedisCommandExecutor connection = new RedisCommandExecutor(RedisUrl.of(redis.url()), TIMES, executor);
        connections.add(connection);
        WallClockMeter meter = new WallClockMeter(clock);
        return new SharedTokenBuckets(
                new RedisTokenBuckets(connection, () -> prefix, meter), new LocalTokenBuckets(meter));
    }

    @AfterEach
    void close() {
        connections.forEach(RedisCommandExecutor::close);
        executor.close();
    }

    private static long takeMany(List<TokenBuckets> nodes, int attempts) throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<Balance>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < attempts; i++) {
                TokenBuckets node = nodes.get(i % nodes.size());
                all.add(threads.submit(() -> {
                    begin.await();
                    return node.take("a", HUNDRED);
                }));
            }
            begin.countDown();
        }
        long taken = 0;
        for (Future<Balance> each : all) {
            taken += each.get().taken() ? 1 : 0;
        }
        return taken;
    }

    private void assertWindow(TokenBuckets buckets) {
        for (int i = 1; i <= 100; i++) {
            Balance balance = buckets.take("a", HUNDRED);
            assertThat(balance.taken()).as("request %s", i).isTrue();
            assertThat(balance.remaining()).isEqualTo(100 - i);
            assertThat(balance.untilReset()).isBetween(Duration.ofNanos(1), Duration.ofMinutes(1));
        }
        Balance refused = buckets.take("a", HUNDRED);
        assertThat(refused.taken()).isFalse();
        assertThat(refused.untilReset()).isPositive();
        assertThat(buckets.peek("a", HUNDRED).taken()).isFalse();
        assertThat(buckets.take("b", HUNDRED).taken()).as("another bucket").isTrue();

        clock.move(refused.untilReset());
        assertThat(buckets.peek("a", HUNDRED).remaining()).isEqualTo(100);
        assertThat(buckets.take("a", HUNDRED).remaining()).isEqualTo(99);
    }

    @Test
    void take_inProcess_hundredPassUntilTheMinuteIsOver() {
        assertWindow(local());
    }

    @Test
    void take_inRedis_hundredPassUntilTheMinuteIsOver() {
        assertWindow(node());
    }

    @Test
    void take_manyThreadsInProcess_exactlyTheLimit() throws Exception {
        assertThat(takeMany(List.of(local()), 400)).isEqualTo(100);
    }

    @Test
    void take_manyThreadsOnTwoNodes_exactlyTheLimitAndRedisIsKept() throws Exception {
        List<TokenBuckets> nodes = List.of(node(), node());
        assertThat(takeMany(nodes, 400)).isEqualTo(100);
        assertThat(connections).allMatch(RedisCommandExecutor::isAvailable);
    }

    @Test
    void peek_neverTakes() {
        for (TokenBuckets buckets : List.of(local(), node())) {
            for (int i = 0; i < 200; i++) {
                assertThat(buckets.peek("a", HUNDRED).taken()).isTrue();
            }
            assertThat(buckets.take("a", HUNDRED).remaining()).isEqualTo(99);
        }
    }

    @Test
    void take_bucketInRedis_expiresSoonAfterItIsFull() {
        assertThat(node().take("a", HUNDRED).taken()).isTrue();
        RedisClient client = RedisClient.create(redis.url());
        try (client;
                var connection = client.connect()) {
            assertThat(connection.sync().pttl(prefix + "a")).isBetween(1L, 71_000L);
        }
    }

    @Test
    void take_damagedValueInRedis_isReplacedAndRedisIsKept() {
        RedisClient client = RedisClient.create(redis.url());
        try (client;
                var connection = client.connect()) {
            connection.sync().set(prefix + "a", "something else altogether");
            TokenBuckets node = node();
            assertThat(node.take("a", HUNDRED).taken()).isTrue();
            assertThat(node.take("a", HUNDRED).remaining()).isEqualTo(99);
            assertThat(node().take("a", HUNDRED).remaining()).isEqualTo(98);
            assertThat(connections).allMatch(RedisCommandExecutor::isAvailable);
        }
    }

    @Test
    void redisStops_eachNodeCountsByItselfWithOneWarning_untilItIsBack() throws Exception {
        TokenBuckets anna = node();
        TokenBuckets ben = node();
        assertThat(takeMany(List.of(anna, ben), 150)).isEqualTo(100);
        try (CapturedLog log = CapturedLog.start()) {
            redis.stop();
            try {
                // A bucket that is known to be empty is not asked for again until the connection is seen to be lost.
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> connections.stream().noneMatch(RedisCommandExecutor::ping));
                assertThat(takeMany(List.of(anna), 150)).isEqualTo(100);
                assertThat(takeMany(List.of(ben), 150)).isEqualTo(100);
                assertThat(log.warnings("Redis")).as("one for each node").hasSize(2);
            } finally {
                redis.start();
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> connections.stream().allMatch(RedisCommandExecutor::isAvailable));
            assertThat(log.hasStackTrace()).isFalse();
        }
        clock.move(Duration.ofMinutes(2));
        assertThat(takeMany(List.of(anna, ben), 150)).isEqualTo(100);
    }
}
