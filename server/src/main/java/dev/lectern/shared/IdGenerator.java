package dev.lectern.shared;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Makes ids that sort by the time of their making: 48 bits of milliseconds, then 80 random bits, as 26 characters of Crockford's base 32 (the ULID layout). */
public final class IdGenerator {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int CHARACTERS = 26;

    private final InstantSource clock;
    private final RandomGenerator random;

    public IdGenerator(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id; two ids of different milliseconds sort as their times do. */
    public String next() {
        long high = (clock.millis() << 16) | (random.nextLong() & 0xFFFF);
        long low = random.nextLong();
        char[] id = new char[CHARACTERS];
        for (int i = CHARACTERS - 1; i >= 0; i--) {
            id[i] = ALPHABET[(int) (low & 31)];
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(id);
    }
}
