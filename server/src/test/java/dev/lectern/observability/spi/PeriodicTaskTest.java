package dev.lectern.observability.spi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void task_runsAgainAfterEachPause_untilItIsStopped() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        PeriodicTask task = new PeriodicTask(Duration.ZERO, Duration.ofMillis(1), three::countDown);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            task.start(executor);
            assertThat(three.await(60, SECONDS)).isTrue();
            assertThat(task.isStopped()).isFalse();
            task.stop();
        }
        assertThat(task.isStopped()).isTrue();
    }

    @Test
    void stop_endsAPauseAtOnce() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        PeriodicTask task = new PeriodicTask(Duration.ZERO, LONG, first::countDown);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        task.start(executor);
        assertThat(first.await(60, SECONDS)).isTrue();
        task.stop();
        executor.shutdown();
        assertThat(executor.awaitTermination(60, SECONDS)).isTrue();
    }

    @Test
    void stop_beforeTheFirstRun_leavesItOut() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        PeriodicTask task = new PeriodicTask(LONG, LONG, runs::incrementAndGet);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        task.start(executor);
        task.stop();
        executor.shutdown();
        assertThat(executor.awaitTermination(60, SECONDS)).isTrue();
        assertThat(runs).hasValue(0);
    }
}
