package dev.lectern.observability.spi;

import java.util.function.Supplier;

/**
 * Guards the calls of one remote service. After some failures in a row it rejects all calls for a while, so that no request waits for a service that is
 * known to be unavailable. Then one trial call decides for all. Thread-safe.
 */
public interface CircuitBreaker {

    /**
     * Runs the action, unless the circuit is open. A failure is an exception that says that the service is unreachable or too slow, or that a model refused
     * the call. Not a failure is a call whose thread was interrupted or that had less than a second left.
     *
     * @throws dev.lectern.shared.LecternException that of the action; while the circuit is open, one with the code of this circuit breaker and the time
     *     until the next trial call
     */
    <T> T call(Supplier<T> action);

    /** A circuit breaker that never opens, for a single check of a service. */
    static CircuitBreaker none() {
        return new CircuitBreaker() {
            @Override
            public <T> T call(Supplier<T> action) {
                return action.get();
            }
        };
    }
}
