package dev.lectern.shared;

/**
 * An amount of US dollars.
 *
 * @param micros millionths of a dollar, zero or more
 */
public record Money(long micros) {
    public static final Money ZERO = new Money(0);

    public Money {
        if (micros < 0) {
            throw new IllegalArgumentException("Money is never negative: " + micros);
        }
    }

    /** The amount in dollars, for metrics and JSON; rounded to the precision of a double. */
    public double dollars() {
        return micros / 1e6;
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(micros, other.micros));
    }
}
