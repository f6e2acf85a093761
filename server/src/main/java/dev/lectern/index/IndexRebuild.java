package dev.lectern.index;

import java.time.Duration;

/**
 * Progress of the rebuild of an incomplete index from the library.
 *
 * @param indexed number of passages in the index
 * @param expected number of passages of the library, more than {@code indexed} until the last ones are added
 */
public record IndexRebuild(long indexed, long expected) {
    private static final Duration MIN_WAIT = Duration.ofSeconds(2);
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);
    /** While nothing was added yet, the speed is unknown. */
    private static final Duration UNKNOWN_WAIT = Duration.ofSeconds(10);

    private static final int PERCENT = 100;

    /** The share of passages in the index, 0 to 99: not complete before everything was compared. */
    public int percent() {
        return expected == 0 ? PERCENT - 1 : Math.clamp(PERCENT * indexed / expected, 0, PERCENT - 1);
    }

    /** The progress in words, such as {@code 2433 of 7856 passages (30 %)}. */
    public String words() {
        return indexed + " of " + expected + " passages (" + percent() + " %)";
    }

    /**
     * An estimate of the time until the index is complete, 2 seconds to 5 minutes.
     *
     * @param added number of passages that were added in the time {@code took}
     */
    public Duration estimateRemaining(long added, Duration took) {
        if (added <= 0) {
            return UNKNOWN_WAIT;
        }
        double share = (double) Math.max(0, expected - indexed) / added;
        Duration wait = Duration.ofMillis(Math.round(Math.min(share * took.toMillis(), (double) MAX_WAIT.toMillis())));
        return wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait;
    }
}
