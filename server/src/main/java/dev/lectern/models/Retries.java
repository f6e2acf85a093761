package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The one place that tries calls of models again: only failures that another try may mend, with full jitter, and never past the deadline. */
final class Retries {
    private final CallLimits limits;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;

    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    Retries(CallLimits limits, InstantSource clock, RandomGenerator random, Pause pause) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /** @param mayTryAgain asked after a failure; false once something was already handed on, or nobody waits any more */
    <T> T call(Supplier<T> action, BooleanSupplier mayTryAgain, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            try {
                return action.get();
            } catch (LecternException e) {
                Duration wait = e.retryAfter().orElseGet(jittered(attempt));
                if (attempt >= limits.attempts()
                        || e.code() != ErrorCode.MODEL_UNAVAILABLE
                        || !mayTryAgain.getAsBoolean()
                        || wait.compareTo(limits.maxBackOff()) > 0
                        || wait.compareTo(deadline.remaining(clock)) >= 0) {
                    throw e;
                }
                sleep(wait, e);
            }
        }
    }

    private Supplier<Duration> jittered(int attempt) {
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
