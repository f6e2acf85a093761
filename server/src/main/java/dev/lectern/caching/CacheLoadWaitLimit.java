package dev.lectern.caching;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;

/**
 * Limits the wait for a value that another caller loads.
 *
 * @param until the end of the wait; the waiting caller then loads the value by itself
 * @param cancellation ends the wait early
 */
public record CacheLoadWaitLimit(Deadline until, Cancellation cancellation) {

    public static CacheLoadWaitLimit until(Deadline deadline) {
        return new CacheLoadWaitLimit(deadline, new Cancellation());
    }
}
