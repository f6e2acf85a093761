package dev.lectern.observability.spi;

import java.util.function.Supplier;

/**
 * Stands before something remote. After some failures in a row it lets nothing through for a while, so that nobody waits for what is known to be gone; then
 * one call tries, and its outcome decides for all. Thread-safe.
 */
public interface Circuit {

    /**
     * Calls, unless calls are stopped at the moment. Counted as failures are those that say that the remote part could not be reached or took too long; an
     * answer that merely refuses a request is none, nor is a call whose caller was interrupted or had less than a second left.
     *
     * @throws dev.lectern.shared.LecternException what the action throws; while calls are stopped the circuit's own code, with the time until the next try
     */
    <T> T call(Supplier<T> action);

    /** One that lets everything through, for looking once how something is. */
    static Circuit none() {
        return new Circuit() {
            @Override
            public <T> T call(Supplier<T> action) {
                return action.get();
            }
        };
    }
}
