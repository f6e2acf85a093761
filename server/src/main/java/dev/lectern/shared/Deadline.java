package dev.lectern.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The moment after which nobody needs a result. The request sets it, and every remote call gets it as an argument. */
public record Deadline(Instant at) {

    public static Deadline in(Duration time, InstantSource clock) {
        return new Deadline(clock.instant().plus(time));
    }

    /** The time left; zero when the deadline has passed, never negative. */
    public Duration remaining(InstantSource clock) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean hasPassed(InstantSource clock) {
        return !clock.instant().isBefore(at);
    }

    /** The earlier of this deadline and {@code time} from now. */
    public Deadline atMost(Duration time, InstantSource clock) {
        Instant other = clock.instant().plus(time);
        return other.isBefore(at) ? new Deadline(other) : this;
    }
}
