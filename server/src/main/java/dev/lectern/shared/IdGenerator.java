package dev.lectern.shared;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Makes ids that sort by the time of their making: 48 bits of milliseconds, then 80 random bits, as 26 characters of Crockford's base 32 (the ULID layout).
 * Thread-safe.
 */
public final class IdGenerator {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int CHARACTERS = 26;
    private static final int RANDOM_BYTES = 10;
    /** Whose random bytes are taken at once: a secure source costs by the call. */
    private static final int AHEAD = 100;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock taking = new ReentrantLock();
    private final byte[] ahead = new byte[AHEAD * RANDOM_BYTES];
    private int taken = ahead.length;

    public IdGenerator(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id; two ids of different milliseconds sort as their times do. */
    public String next() {
        ByteBuffer some = ByteBuffer.wrap(chance());
        long high = (clock.millis() << 16) | (some.getShort() & 0xFFFF);
        long low = some.getLong();
        char[] id = new char[CHARACTERS];
        for (int i = CHARACTERS - 1; i >= 0; i--) {
            id[i] = ALPHABET[(int) (low & 31)];
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(id);
    }

    private byte[] chance() {
        taking.lock();
        try {
            if (taken == ahead.length) {
                random.nextBytes(ahead);
                taken = 0;
            }
            byte[] chance = Arrays.copyOfRange(ahead, taken, taken + RANDOM_BYTES);
            taken += RANDOM_BYTES;
            return chance;
        } finally {
            taking.unlock();
        }
    }
}
