package dev.lectern.observability.circuits;

import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.observability.spi.CircuitOpenException;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A circuit breaker of Resilience4j. */
final class Resilience4jCircuitBreaker implements CircuitBreaker {
    private static final Logger log = LoggerFactory.getLogger(Resilience4jCircuitBreaker.class);
    /** With {@code MODEL_FAILED}: a service that refuses the key or the model refuses every call, and no reader should wait for that. */
    private static final Set<ErrorCode> FAILURES = Set.of(
            ErrorCode.MODEL_UNAVAILABLE,
            ErrorCode.MODEL_FAILED,
            ErrorCode.INDEX_UNAVAILABLE,
            ErrorCode.DEADLINE_EXCEEDED);

    private static final Duration TRIAL_CALL_TIME = Duration.ofSeconds(1);
    /** A call that had less time than this says nothing about the service. */
    private static final Duration MIN_CALL_TIME = Duration.ofSeconds(1);

    private final io.github.resilience4j.circuitbreaker.CircuitBreaker breaker;
    private final ErrorCode unavailable;
    private final Duration pause;
    private final InstantSource clock;

    /** @param pause of the configuration */
    Resilience4jCircuitBreaker(
            String name, ErrorCode unavailable, CircuitBreakerConfig config, Duration pause, InstantSource clock) {
        this.pause = pause;
        this.clock = clock;
        this.breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(name, config);
        this.unavailable = unavailable;
        breaker.getEventPublisher().onStateTransition(change -> logTransition(name, change.getStateTransition()));
    }

    String name() {
        return breaker.getName();
    }

    boolean isOpen() {
        return breaker.getState() != State.CLOSED;
    }

    @Override
    public <T> T call(Supplier<T> action) {
        if (!breaker.tryAcquirePermission()) {
            throw rejected();
        }
        Instant from = clock.instant();
        try {
            T result = action.get();
            breaker.onSuccess(millisSince(from), TimeUnit.MILLISECONDS);
            return result;
        } catch (LecternException e) {
            if (Thread.currentThread().isInterrupted()
                    || e.code() == ErrorCode.SHUTTING_DOWN
                    || isInconclusive(e, from)) {
                breaker.releasePermission();
            } else if (FAILURES.contains(e.code())) {
                breaker.onError(millisSince(from), TimeUnit.MILLISECONDS, e);
            } else {
                breaker.onSuccess(millisSince(from), TimeUnit.MILLISECONDS);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            throw e;
        }
    }

    /** Not below 0, which it would be if the clock was set back meanwhile. */
    private long millisSince(Instant from) {
        return Math.max(0, Duration.between(from, clock.instant()).toMillis());
    }

    private boolean isInconclusive(LecternException e, Instant from) {
        return (e.code() == ErrorCode.DEADLINE_EXCEEDED
                        && Duration.between(from, clock.instant()).compareTo(MIN_CALL_TIME) < 0)
                // The service works and has said when it takes calls again. Rejections would go on beyond that time.
                || e.retryAfter().isPresent();
    }

    private LecternException rejected() {
        return new CircuitOpenException(
                unavailable,
                name() + " failed several times in a row, so its calls are rejected for a while. Try again later.",
                breaker.getState() == State.OPEN ? pause : TRIAL_CALL_TIME);
    }

    /** Trial calls that fail are not logged again: with a service that is away for hours they would fill the log. */
    private static void logTransition(String name, StateTransition transition) {
        if (transition.getFromState() == State.CLOSED) {
            log.warn("{}: circuit open after several failures in a row, calls are rejected", name);
        } else if (transition.getToState() == State.CLOSED) {
            log.info("{}: circuit closed, calls are sent again", name);
        } else {
            log.debug("{}: circuit {}", name, transition.getToState());
        }
    }
}
