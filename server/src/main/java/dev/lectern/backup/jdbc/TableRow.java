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

/** One row with portable values. */
final class TableRow {
    private static final int NUMBER_BYTES = Long.BYTES;

    private final TableSchema schema;
    private final @Nullable Object[] values;

    private TableRow(TableSchema schema, @Nullable Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    static TableRow read(TableSchema schema, ResultSet row) throws SQLException {
        List<TableSchema.Column> columns = schema.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).type().read(row, i + 1);
        }
        return new TableRow(schema, values);
    }

    /** The order of keys in both databases: numbers by value, texts by the bytes of their UTF-8. */
    int compareKey(TableRow other) {
        for (int index : schema.keyColumns()) {
            Object mine = Objects.requireNonNull(values[index]);
            Object theirs = Objects.requireNonNull(other.values[index]);
            int order = mine instanceof Long number
                    ? number.compareTo((Long) theirs)
                    : Arrays.compareUnsigned(ColumnType.utf8(mine), ColumnType.utf8(theirs));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    boolean hasSameValues(TableRow other) {
        return Arrays.deepEquals(values, other.values);
    }

    /** Approximate size in memory, in bytes. */
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
            schema.columns().get(i).type().write(statement, i + 1, values[i]);
        }
    }

    void writeKey(PreparedStatement statement) throws SQLException {
        int parameter = 1;
        for (int index : schema.keyColumns()) {
            schema.columns().get(index).type().write(statement, parameter++, values[index]);
        }
    }

    /** Adds each value with its type and length, so that different rows never have the same bytes. */
    void digest(Sha256 digest) {
        for (Object value : values) {
            switch (value) {
                case null -> digest.update((byte) 0);
                case String text -> digest(digest, 1, ColumnType.utf8(text));
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

    private static void digest(Sha256 digest, int type, byte[] bytes) {
        digest.update((byte) type);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
