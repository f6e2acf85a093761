package dev.lectern.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Generates load: closed loop (a fixed number of clients, each sends the next request after the response) or open loop (requests at random times, independent of responses). */
final class LoadGenerator {
    private static final long NANOS = 1_000_000_000L;

    private LoadGenerator() {}

    /** One call; throws when it went wrong. */
    @FunctionalInterface
    interface Call {
        /** @return what the answer says that is measured */
        double make() throws IOException;
    }

    /**
     * A call that was made.
     *
     * @param at nanoseconds from the beginning until it was due
     * @param took nanoseconds since it was due, so waiting for others is in it
     * @param reported what the call gave
     */
    record Made(long at, long took, double reported) {}

    /** Calls answered in a second with {@code callers} at once. */
    static double saturation(Call call, int callers, int seconds) throws InterruptedException, ExecutionException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> {
                    while (!over.get()) {
                        call.make();
                        done.incrementAndGet();
                    }
                    return null;
                }));
            }
            Thread.sleep(seconds * 1_000L);
            over.set(true);
        }
        for (Future<?> each : all) {
            each.get();
        }
        return done.get() * (double) NANOS / (System.nanoTime() - begun);
    }

    /** Calls at random times, {@code rate} a second in the mean. Those that failed are thrown away and counted. */
    static Result at(double rate, int seconds, Call call) {
        Random random = new Random(11);
        Collection<Made> made = new ConcurrentLinkedQueue<>();
        AtomicInteger failed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begun = System.nanoTime();
            double due = begun;
            while (due - begun < seconds * (double) NANOS) {
                due -= Math.log(1 - random.nextDouble()) / rate * NANOS;
                long at = (long) due;
                while (System.nanoTime() < at) {
                    LockSupport.parkNanos(at - System.nanoTime());
                }
                threads.execute(() -> {
                    try {
                        double reported = call.make();
                        made.add(new Made(at - begun, System.nanoTime() - at, reported));
                    } catch (IOException | RuntimeException e) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
        return new Result(made.toArray(Made[]::new), failed.get());
    }

    /** @param failed calls that did not get their answer */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
    record Result(Made[] made, int failed) {}

    static String percentiles(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? "nothing"
                : "p50 %.2f ms, p95 %.2f ms, p99 %.2f ms (%d)"
                        .formatted(
                                sorted[sorted.length / 2],
                                sorted[(int) (sorted.length * 0.95)],
                                sorted[(int) (sorted.length * 0.99)],
                                sorted.length);
    }
}
