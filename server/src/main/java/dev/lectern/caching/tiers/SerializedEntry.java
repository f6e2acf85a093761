package dev.lectern.caching.tiers;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The byte format of a cache entry: a magic number, a CRC-32C checksum, the times of creation and expiry, and the value.
 *
 * @param createdAt in milliseconds since 1970
 * @param expiresAt in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shown
record SerializedEntry(long createdAt, long expiresAt, byte[] value) {
    private static final short MAGIC = 0x4C01;
    private static final int HEADER = Short.BYTES + Integer.BYTES;
    private static final int OVERHEAD = HEADER + 2 * Long.BYTES;

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(OVERHEAD + value.length);
        buffer.putShort(MAGIC).putInt(0).putLong(createdAt).putLong(expiresAt).put(value);
        buffer.putInt(Short.BYTES, checksum(buffer.array()));
        return buffer.array();
    }

    /** Null for bytes in another format or with a wrong checksum. */
    static @Nullable SerializedEntry parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < OVERHEAD || buffer.getShort() != MAGIC || buffer.getInt() != checksum(bytes)) {
            return null;
        }
        long createdAt = buffer.getLong();
        long expiresAt = buffer.getLong();
        byte[] value = new byte[buffer.remaining()];
        buffer.get(value);
        return new SerializedEntry(createdAt, expiresAt, value);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, HEADER, bytes.length - HEADER);
        return (int) crc.getValue();
    }
}
