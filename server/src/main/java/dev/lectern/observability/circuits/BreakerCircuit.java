package dev.lectern.observability.circuits;

import dev.lectern.observability.spi.Circuit;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class BreakerCircuit implements Circuit {
    private static final Logger log = LoggerFactory.getLogger(BreakerCircuit.class);
    private static final Set<ErrorCode> FAILURES =
            Set.of(ErrorCode.MODEL_UNAVAILABLE, ErrorCode.INDEX_UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
    private static final Duration SOON = Duration.ofSeconds(1);
    /** Who had less time than this left does not say how the other side is. */
    private static final Duration TELLING = Duration.ofSeconds(1);

    private final CircuitBreaker breaker;
    private final ErrorCode unavailable;
    private final Duration pause;
    private final InstantSource clock;

    /** @param pause of the configuration */
    BreakerCircuit(
            String name, ErrorCode unavailable, CircuitBreakerConfig config, Duration pause, InstantSource clock) {
        this.pause = pause;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(name, config);
        this.unavailable = unavailable;
        breaker.getEventPublisher()
                .onStateTransition(change -> log.warn(
                        "{}: {}", name, sentence(change.getStateTransition().getToState())));
    }

    String name() {
        return breaker.getName();
    }

    boolean isStopped() {
        return breaker.getState() != State.CLOSED;
    }

    @Override
    public <T> T call(Supplier<T> action) {
        if (!breaker.tryAcquirePermission()) {
            throw stopped();
        }
        long begun = System.nanoTime();
        Instant from = clock.instant();
        try {
            T result = action.get();
            breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            return result;
        } catch (LecternException e) {
            if (Thread.currentThread().isInterrupted() || e.code() == ErrorCode.SHUTTING_DOWN || saysNothing(e, from)) {
                breaker.releasePermission();
            } else if (FAILURES.contains(e.code())) {
                breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
            } else {
                breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            throw e;
        }
    }

    private boolean saysNothing(LecternException e, Instant from) {
        return e.code() == ErrorCode.DEADLINE_EXCEEDED
                && Duration.between(from, clock.instant()).compareTo(TELLING) < 0;
    }

    private LecternException stopped() {
        return LecternException.withRetryAfter(
                unavailable,
                name() + " failed several times in a row, so nothing is sent to it for a while. Try again later.",
                breaker.getState() == State.OPEN ? pause : SOON);
    }

    private static String sentence(State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> "failed several times in a row, nothing is sent to it for a while";
            case HALF_OPEN -> "one call tries whether it is back";
            case CLOSED, DISABLED, METRICS_ONLY -> "works again";
        };
    }
}
