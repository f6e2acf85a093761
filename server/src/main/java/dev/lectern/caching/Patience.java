package dev.lectern.caching;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;

/**
 * How long someone waits for what another one is loading.
 *
 * @param until then they load it themselves
 * @param cancellation ends the waiting before that
 */
public record Patience(Deadline until, Cancellation cancellation) {

    public static Patience until(Deadline deadline) {
        return new Patience(deadline, new Cancellation());
    }
}
