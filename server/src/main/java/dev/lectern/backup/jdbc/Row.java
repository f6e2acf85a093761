package dev.lectern.backup.jdbc;

import dev.lectern.shared.Sha256;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row in portable form. */
final class Row {
    private static final int NUMBER_BYTES = Long.BYTES;

    private final TableShape shape;
    private final @Nullable Object[] values;

    private Row(TableShape shape, @Nullable Object[] values) {
        this.shape = shape;
        this.values = values;
    }

    static Row read(TableShape shape, ResultSet row) throws SQLException {
        List<TableShape.Column> columns = shape.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).kind().read(row, i + 1);
        }
        return new Row(shape, values);
    }

    /** The order of keys in both databases: numbers by size, texts by the bytes of their UTF-8. */
    int compareKey(Row other) {
        for (int place : shape.keyColumns()) {
            Object mine = Objects.requireNonNull(values[place]);
            Object theirs = Objects.requireNonNull(other.values[place]);
            int order = mine instanceof Long number
                    ? number.compareTo((Long) theirs)
                    : Arrays.compareUnsigned(Kind.utf8(mine), Kind.utf8(theirs));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    boolean sameAs(Row other) {
        return Arrays.deepEquals(values, other.values);
    }

    /** About as many bytes as it needs. */
    long size() {
        long size = 0;
        for (Object value : values) {
            size += switch (value) {
                case String text -> 2L * text.length();
                case byte[] bytes -> bytes.length;
                case null, default -> NUMBER_BYTES;
            };
        }
        return size;
    }

    void writeAll(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            shape.columns().get(i).kind().write(statement, i + 1, values[i]);
        }
    }

    void writeKey(PreparedStatement statement) throws SQLException {
        int parameter = 1;
        for (int place : shape.keyColumns()) {
            shape.columns().get(place).kind().write(statement, parameter++, values[place]);
        }
    }

    /** Each value with its kind and length, so that no two different rows have the same bytes. */
    void digest(Sha256 digest) {
        for (Object value : values) {
            switch (value) {
                case null -> digest.update((byte) 0);
                case String text -> digest(digest, 1, Kind.utf8(text));
                case Long number -> digest(digest, 2, longBytes(number));
                case Double real -> digest(digest, 3, longBytes(Double.doubleToLongBits(real)));
                case byte[] bytes -> digest(digest, 4, bytes);
                default -> throw new IllegalStateException("Not a portable value: " + value.getClass());
            }
        }
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static void digest(Sha256 digest, int kind, byte[] bytes) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
