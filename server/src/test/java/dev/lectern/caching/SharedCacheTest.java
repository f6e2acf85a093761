package dev.lectern.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.caching.redis.RedisCommandExecutor;
import dev.lectern.caching.redis.RedisProperties;
import dev.lectern.caching.redis.RedisUrl;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.Deadline;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

/** Two nodes and one real Redis. */
@NeedsServer
@Timeout(60)
class SharedCacheTest {
    private static final CacheLimits LIMITS = new CacheLimits(true, Duration.ofMinutes(5), DataSize.ofMegabytes(1));
    private static final RedisProperties TIMES =
            new RedisProperties(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(100));

    private final TestRedisServer redis = TestRedisServer.running();
    private final String namespace = UUID.randomUUID().toString();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<RedisCommandExecutor> links = new ArrayList<>();
    private final RedisCommandExecutor anna = link(redis.url());
    private final RedisCommandExecutor ben = link(redis.url());

    private RedisCommandExecutor link(String url) {
        RedisCommandExecutor link = new RedisCommandExecutor(RedisUrl.of(url), TIMES, executor);
        links.add(link);
        return link;
    }

    private Cache<String> open(RedisCommandExecutor link) {
        return new TieredCacheFactory(
                        link,
                        () -> namespace,
                        1 << 20,
                        new SimpleMeterRegistry(),
                        executor,
                        InstantSource.system(),
                        new Random(1))
                .open("text", LIMITS, new TextCodec());
    }

    private static CacheLoadWaitLimit soon() {
        return CacheLoadWaitLimit.until(Deadline.in(Duration.ofSeconds(60), InstantSource.system()));
    }

    @AfterEach
    void close() {
        links.forEach(RedisCommandExecutor::close);
        executor.close();
    }

    @Test
    void putAll_onOneNode_isFoundOnTheOther() {
        open(anna).putAll(Map.of("a", "1", "b", "2"));
        Cache<String> other = open(ben);
        assertThat(other.findLocal("a")).isEmpty();
        assertThat(other.find("a")).contains("1");
        assertThat(other.findLocal("a")).contains("1");
        assertThat(other.findAll(List.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void get_fiftyThreadsOnTwoNodes_loadOnce() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        List<Cache<String>> nodes = List.of(open(anna), open(ben));
        List<Future<Optional<String>>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Cache<String> node = nodes.get(i % 2);
                all.add(threads.submit(() -> {
                    begin.await();
                    return node.get("a", soon(), () -> {
                        loads.incrementAndGet();
                        CacheContract.sleep(300);
                        return Optional.of("loaded");
                    });
                }));
            }
            begin.countDown();
        }
        for (Future<Optional<String>> each : all) {
            assertThat(each.get()).contains("loaded");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void get_loadTakesLongerThanTheLease_isStillLoadedOnce() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        Cache<String> one = open(anna);
        Cache<String> other = open(ben);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> first = threads.submit(() -> one.get("a", soon(), () -> {
                loading.countDown();
                loads.incrementAndGet();
                CacheContract.sleep(4_000);
                return Optional.of("slow");
            }));
            loading.await();
            assertThat(other.get("a", soon(), () -> {
                        loads.incrementAndGet();
                        return Optional.of("own");
                    }))
                    .contains("slow");
            assertThat(first.get()).contains("slow");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void get_theLoaderFails_theOtherNodeLoads() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        Cache<String> one = open(anna);
        Cache<String> other = open(ben);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> first = threads.submit(() -> one.get("a", soon(), () -> {
                loading.countDown();
                CacheContract.sleep(200);
                return Optional.empty();
            }));
            loading.await();
            assertThat(other.get("a", soon(), () -> Optional.of("own"))).contains("own");
            assertThat(first.get()).isEmpty();
        }
        assertThat(one.find("a")).contains("own");
    }

    @Test
    void find_damagedForeignOrWrongKindOfValue_isAMissAndIsReplaced() {
        Cache<String> cache = open(anna);
        String prefix = "lectern:" + namespace + ":text:1:";
        RedisClient client = RedisClient.create(redis.url());
        try (client;
                var connection = client.connect()) {
            RedisCommands<String, String> raw = connection.sync();
            raw.set(prefix + "a", "something else altogether");
            raw.set(prefix + "b", "");
            raw.lpush(prefix + "c", "a", "list");
            cache.putAll(Map.of("d", "good"));
            raw.setrange(prefix + "d", 2, "####");
            Cache<String> other = open(ben);
            for (String key : List.of("a", "b", "c", "d")) {
                assertThat(other.find(key)).as(key).isEmpty();
                assertThat(other.get(key, soon(), () -> Optional.of("new")))
                        .as(key)
                        .contains("new");
            }
            assertThat(open(link(redis.url())).find("a")).contains("new");
            assertThat(raw.pttl(prefix + "a")).isBetween(200_000L, 300_000L);
            assertThat(ben.isAvailable()).as("a reply is no loss").isTrue();
        }
    }

    // One that waits for Redis each time takes 2,000 s.
    @Test
    @Timeout(600)
    void redisStopsAndComesBack_nobodyNoticesMoreThanAMiss() {
        Cache<String> cache = open(anna);
        Cache<String> other = open(ben);
        cache.putAll(Map.of("before", "1"));
        assertThat(other.find("before")).contains("1");
        CacheHealthCheck health = health(anna);
        assertThat(health.check().state()).isEqualTo(HealthCheck.State.UP);

        redis.stop();
        try {
            for (int i = 0; i < 200; i++) {
                String key = "k" + i;
                assertThat(cache.get(key, soon(), () -> Optional.of("loaded"))).contains("loaded");
                assertThat(cache.find(key)).contains("loaded");
            }
            assertThat(cache.find("before")).contains("1");
            assertThat(health.check().state()).isEqualTo(HealthCheck.State.WARNING);
            assertThat(health.check().sentence()).contains("Redis", "LECTERN_REDIS_URL");
        } finally {
            redis.start();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> anna.isAvailable() && ben.isAvailable());
        assertThat(health.check().state()).isEqualTo(HealthCheck.State.UP);
        cache.putAll(Map.of("after", "2"));
        assertThat(other.find("after")).contains("2");
    }

    @Test
    void redisThatNeverWas_isAWarningAndEverythingWorks() {
        RedisCommandExecutor nobody = link("redis://user:hidden@127.0.0.1:1/0");
        Cache<String> cache = open(nobody);
        assertThat(cache.get("a", soon(), () -> Optional.of("1"))).contains("1");
        assertThat(cache.find("a")).contains("1");
        HealthCheck.Health health = health(nobody).check();
        assertThat(health.state()).isEqualTo(HealthCheck.State.WARNING);
        assertThat(health.sentence()).contains("127.0.0.1:1").doesNotContain("hidden");
    }

    private static CacheHealthCheck health(RedisCommandExecutor link) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("redis", link));
        return new CacheHealthCheck(beans.getBeanProvider(RedisCommandExecutor.class));
    }
}
