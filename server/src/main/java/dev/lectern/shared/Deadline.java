package dev.lectern.shared;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The moment after which a result is of no use; passed down from the request to every remote call. */
public record Deadline(Instant at) {

    public static Deadline in(Duration time, InstantSource clock) {
        return new Deadline(clock.instant().plus(time));
    }

    /** What is left; zero when it has passed, never negative. */
    public Duration remaining(InstantSource clock) {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean passed(InstantSource clock) {
        return !clock.instant().isBefore(at);
    }

    /** The earlier of this one and one {@code time} from now. */
    public Deadline atMost(Duration time, InstantSource clock) {
        Instant other = clock.instant().plus(time);
        return other.isBefore(at) ? new Deadline(other) : this;
    }
}
