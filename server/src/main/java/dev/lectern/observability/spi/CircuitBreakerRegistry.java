package dev.lectern.observability.spi;

import dev.lectern.shared.ErrorCode;

/** Creates circuit breakers, and reports all of them in {@code /health} and as the metric {@code lectern_circuit_open}. */
public interface CircuitBreakerRegistry {

    /**
     * Returns the circuit breaker of a service.
     *
     * @param name of the service as operators know it, without secrets, such as {@code gemini:gemini-3.8-flash}; the same name returns the same object
     * @param unavailable the code of rejected calls
     */
    CircuitBreaker of(String name, ErrorCode unavailable);
}
