package dev.lectern.models.decorators;

import dev.lectern.models.ModelCallException;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Retries model calls that failed with MODEL_UNAVAILABLE, with exponential back-off and full jitter, and never past the deadline. Nothing else retries. */
final class ModelCallRetrier {
    private final ModelCallProperties limits;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;

    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    ModelCallRetrier(ModelCallProperties limits, InstantSource clock, RandomGenerator random, Pause pause) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /** @param mayRetry checked after a failure; false once part of the result was delivered or the call was cancelled */
    <T> T call(Supplier<T> action, BooleanSupplier mayRetry, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            try {
                return action.get();
            } catch (LecternException e) {
                Duration wait = e.retryAfter().orElseGet(jitteredBackOff(attempt));
                if (attempt >= limits.attempts()
                        || e.code() != ErrorCode.MODEL_UNAVAILABLE
                        || isTimeout(e)
                        || !mayRetry.getAsBoolean()
                        || wait.compareTo(limits.maxBackOff()) > 0
                        || wait.compareTo(deadline.remaining(clock)) >= 0) {
                    throw e;
                }
                sleep(wait, e);
            }
        }
    }

    /** The model had its time; the next model gets the rest. */
    private static boolean isTimeout(LecternException failure) {
        return failure instanceof ModelCallException call && call.isTimeout();
    }

    private Supplier<Duration> jitteredBackOff(int attempt) {
        long ceiling =
                Math.min(limits.maxBackOff().toMillis(), limits.backOff().toMillis() << Math.min(attempt - 1, 20));
        return () -> Duration.ofMillis(random.nextLong(ceiling + 1));
    }

    private void sleep(Duration wait, LecternException failure) {
        try {
            pause.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
