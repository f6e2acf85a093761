package dev.lectern.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CoalescingReaderTest {

    @Test
    void get_manyAtOnce_readsOnceForThoseThatCameBefore() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CoalescingReader<Integer> shared = new CoalescingReader<>(() -> {
            int read = reads.incrementAndGet();
            first.countDown();
            await(go);
            return read;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> running = threads.submit(shared::get);
            first.await();
            List<Future<Integer>> later = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                later.add(threads.submit(shared::get));
            }
            Thread.sleep(50);
            go.countDown();
            assertThat(running.get()).isEqualTo(1);
            for (Future<Integer> each : later) {
                assertThat(each.get()).isEqualTo(2);
            }
        }
    }

    @Test
    void get_whileSomethingChanges_neverGivesWhatWasBefore() throws Exception {
        AtomicLong value = new AtomicLong();
        CoalescingReader<Long> shared = new CoalescingReader<>(() -> {
            long read = value.get();
            Thread.onSpinWait();
            return read;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 2_000; n++) {
                        long before = value.incrementAndGet();
                        assertThat(shared.get()).isGreaterThanOrEqualTo(before);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    @Test
    void get_readFails_failsForItsRoundAlone() {
        AtomicInteger reads = new AtomicInteger();
        CoalescingReader<Integer> shared = new CoalescingReader<>(() -> {
            if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return reads.get();
        });
        assertThatThrownBy(shared::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("away");
        assertThat(shared.get()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
