package dev.lectern.caching.tiers;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A value's bytes with what tells them from others: a mark, a check sum, when they were made and when they end. What does not fit is nobody's value.
 *
 * @param made in milliseconds since 1970
 * @param ends likewise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shown
record Envelope(long made, long ends, byte[] value) {
    private static final short MARK = 0x4C01;
    private static final int HEAD = Short.BYTES + Integer.BYTES;
    private static final int OVERHEAD = HEAD + 2 * Long.BYTES;

    byte[] sealed() {
        ByteBuffer buffer = ByteBuffer.allocate(OVERHEAD + value.length);
        buffer.putShort(MARK).putInt(0).putLong(made).putLong(ends).put(value);
        buffer.putInt(Short.BYTES, sum(buffer.array()));
        return buffer.array();
    }

    /** Null for what is no envelope or was damaged. */
    static @Nullable Envelope open(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < OVERHEAD || buffer.getShort() != MARK || buffer.getInt() != sum(bytes)) {
            return null;
        }
        long made = buffer.getLong();
        long ends = buffer.getLong();
        byte[] value = new byte[buffer.remaining()];
        buffer.get(value);
        return new Envelope(made, ends, value);
    }

    private static int sum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, HEAD, bytes.length - HEAD);
        return (int) sum.getValue();
    }
}
