package dev.lectern.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What {@link Cache} promises, for every way to keep values. */
abstract class CacheContract {
    static final CacheLimits LIMITS = new CacheLimits(true, Duration.ofMinutes(5), DataSize.ofMegabytes(1));

    final AdjustableClock clock = new AdjustableClock();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Caches that nobody else sees. */
    abstract CacheFactory caches();

    final Cache<String> open(CacheLimits limits) {
        return caches().open("text", limits, new TextCodec());
    }

    final CacheLoadWaitLimit soon() {
        return CacheLoadWaitLimit.until(Deadline.in(Duration.ofSeconds(60), clock));
    }

    private double requests(String result) {
        return meters.get("lectern.cache.requests")
                .tags("cache", "text", "result", result)
                .counter()
                .count();
    }

    @Test
    void find_nothingKept_isAMiss() {
        Cache<String> cache = open(LIMITS);
        assertThat(cache.find("a")).isEmpty();
        assertThat(cache.findLocal("a")).isEmpty();
        assertThat(requests("miss")).isEqualTo(1);
        assertThat(requests("hit")).isZero();
    }

    @Test
    void find_kept_isAHitWithItsAge() {
        Cache<String> cache = open(LIMITS);
        cache.putAll(Map.of("a", "über 1"));
        clock.move(Duration.ofSeconds(30));
        assertThat(cache.find("a")).contains("über 1");
        assertThat(cache.findLocal("a")).contains("über 1");
        assertThat(requests("hit")).isEqualTo(2);
        assertThat(meters.get("lectern.cache.hit.age").timer().max(TimeUnit.SECONDS))
                .isGreaterThanOrEqualTo(30);
    }

    @Test
    void findAll_someKept_givesThese() {
        Cache<String> cache = open(LIMITS);
        cache.putAll(Map.of("a", "1", "b", "2"));
        assertThat(cache.findAll(List.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(requests("hit")).isEqualTo(2);
        assertThat(requests("miss")).isEqualTo(1);
    }

    @Test
    void find_afterTheTtl_isAMissForAll() {
        Cache<String> cache = open(LIMITS);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            values.put("k" + i, "v" + i);
        }
        cache.putAll(values);
        clock.move(Duration.ofSeconds(265));
        assertThat(cache.findAll(values.keySet())).hasSize(100);
        clock.move(Duration.ofSeconds(20));
        assertThat(cache.findAll(values.keySet())).as("jittered").hasSizeBetween(5, 95);
        clock.move(Duration.ofSeconds(15));
        assertThat(cache.findAll(values.keySet())).isEmpty();
    }

    @Test
    void putAll_moreThanTheSize_staysBelowIt() {
        Cache<String> cache = open(LIMITS);
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            cache.putAll(Map.of("k" + i, Long.toHexString(random.nextLong()).repeat(60)));
        }
        assertThat(meters.get("lectern.cache.bytes").gauge().value()).isBetween(1.0, 1024.0 * 1024);
        assertThat(meters.get("lectern.cache.entries").gauge().value()).isBetween(500.0, 1_100.0);
        assertThat(meters.get("lectern.cache.evictions")
                        .tag("cause", "size")
                        .counter()
                        .count())
                .isGreaterThan(1_800);
    }

    @Test
    void putAll_oneTooLargeValue_isNotKept() {
        Cache<String> cache = open(LIMITS);
        cache.putAll(Map.of("a", "x".repeat(200_000)));
        assertThat(cache.find("a")).isEmpty();
    }

    @Test
    void find_foreignBytes_areAMiss() {
        Cache<String> cache = open(LIMITS);
        cache.putAll(Map.of("a", "! not one of ours"));
        assertThat(cache.find("a")).isEmpty();
        assertThat(cache.get("a", soon(), () -> Optional.of("new"))).contains("new");
        assertThat(cache.find("a")).contains("new");
    }

    @Test
    void get_fiftyThreads_loadOnce() throws Exception {
        Cache<String> cache = open(LIMITS);
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        List<Future<Optional<String>>> results = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                results.add(threads.submit(() -> {
                    begun.await();
                    return cache.get("a", soon(), () -> {
                        loads.incrementAndGet();
                        sleep(100);
                        return Optional.of("loaded");
                    });
                }));
            }
            begun.countDown();
        }
        for (Future<Optional<String>> result : results) {
            assertThat(result.get()).contains("loaded");
        }
        assertThat(loads).hasValue(1);
        assertThat(requests("miss")).isEqualTo(1);
        assertThat(requests("hit")).isEqualTo(49);
    }

    @Test
    void get_loadFails_failsForItsCallerAloneAndIsNotKept() throws Exception {
        Cache<String> cache = open(LIMITS);
        CountDownLatch loading = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> first = threads.submit(() -> cache.get("a", soon(), () -> {
                loading.countDown();
                sleep(100);
                throw new IllegalStateException("broken");
            }));
            loading.await();
            Future<Optional<String>> second =
                    threads.submit(() -> cache.get("a", soon(), () -> Optional.of("of the second")));
            assertThatThrownBy(first::get).hasRootCauseMessage("broken");
            assertThat(second.get()).contains("of the second");
        }
        assertThat(cache.find("a")).contains("of the second");
        assertThatThrownBy(() -> cache.get("b", soon(), () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(cache.find("b")).isEmpty();
    }

    @Test
    void get_nothingLoaded_isNotKept() {
        Cache<String> cache = open(LIMITS);
        assertThat(cache.get("a", soon(), Optional::empty)).isEmpty();
        assertThat(cache.get("a", soon(), () -> Optional.of("later"))).contains("later");
    }

    @Test
    void get_anotherLoadsForever_loadsItselfAfterItsWaitLimit() throws Exception {
        Cache<String> cache = open(LIMITS);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> slow = threads.submit(() -> cache.get("a", soon(), () -> {
                loading.countDown();
                await(end);
                return Optional.of("slow");
            }));
            loading.await();
            CacheLoadWaitLimit little = CacheLoadWaitLimit.until(Deadline.in(Duration.ofMillis(50), clock));
            assertThat(cache.get("a", little, () -> Optional.of("own"))).contains("own");

            Cancellation cancelled = new Cancellation();
            cancelled.cancel();
            CacheLoadWaitLimit none = new CacheLoadWaitLimit(Deadline.in(Duration.ofMinutes(5), clock), cancelled);
            cache.putAll(Map.of("a", "!"));
            assertThat(cache.get("a", none, () -> Optional.of("own again"))).contains("own again");
            end.countDown();
            assertThat(slow.get()).contains("slow");
        }
    }

    @Test
    void open_switchedOff_keepsAndCountsNothing() {
        Cache<String> cache = open(new CacheLimits(false, Duration.ofMinutes(5), DataSize.ofMegabytes(1)));
        cache.putAll(Map.of("a", "1"));
        assertThat(cache.find("a")).isEmpty();
        assertThat(cache.get("a", soon(), () -> Optional.of("2"))).contains("2");
        assertThat(cache.findAll(List.of("a"))).isEmpty();
        assertThat(meters.getMeters()).isEmpty();
    }

    static String newNamespace() {
        return UUID.randomUUID().toString();
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
