package dev.lectern.shared;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Generates ids that sort by the time of their creation: 48 bits of milliseconds, then 80 random bits, as 26 characters of Crockford's base 32 (the ULID layout).
 * Ids that come from outside may have any well-formed text. Thread-safe.
 */
public final class IdGenerator {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int CHARACTERS = 26;
    private static final int RANDOM_BYTES = 10;
    /** Number of ids whose random bytes are fetched in one call, since a secure source is slow for each call. */
    private static final int BUFFERED_IDS = 100;

    private static final int MAX_LENGTH = 128;
    private static final String PUNCTUATION = "._:-";

    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] buffer = new byte[BUFFERED_IDS * RANDOM_BYTES];
    private int used = buffer.length;

    public IdGenerator(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id; two ids of different milliseconds sort as their times do. */
    public String next() {
        ByteBuffer randomBytes = ByteBuffer.wrap(nextRandomBytes());
        long high = (clock.millis() << 16) | (randomBytes.getShort() & 0xFFFF);
        long low = randomBytes.getLong();
        char[] id = new char[CHARACTERS];
        for (int i = CHARACTERS - 1; i >= 0; i--) {
            id[i] = ALPHABET[(int) (low & 31)];
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(id);
    }

    /** A new id of a trace (W3C Trace Context): the same bits as 32 lower-case hexadecimal digits. */
    public String nextTraceId() {
        ByteBuffer randomBytes = ByteBuffer.wrap(nextRandomBytes());
        long high = (clock.millis() << 16) | (randomBytes.getShort() & 0xFFFF);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(randomBytes.getLong());
    }

    private byte[] nextRandomBytes() {
        lock.lock();
        try {
            if (used == buffer.length) {
                random.nextBytes(buffer);
                used = 0;
            }
            byte[] bytes = Arrays.copyOfRange(buffer, used, used + RANDOM_BYTES);
            used += RANDOM_BYTES;
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts 1 to 128 ASCII letters, digits and {@value #PUNCTUATION}. No regular expression, since every found passage is checked. */
    static void requireWellFormed(String value) {
        if (!isWellFormed(value)) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND, "Nothing has this id. Use an id that the API has returned.");
        }
    }

    private static boolean isWellFormed(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            boolean letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
            if (!letter && !(one >= '0' && one <= '9') && PUNCTUATION.indexOf(one) < 0) {
                return false;
            }
        }
        return true;
    }
}
