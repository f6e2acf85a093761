package dev.lectern.backup.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column holds, alike in both databases. */
enum Kind {
    /** PostgreSQL keeps no U+0000 in a text, so it counts as U+FFFD, as which it is shown. */
    TEXT(Types.VARCHAR) {
        @Override
        Object value(ResultSet row, int column) throws SQLException {
            String text = row.getString(column);
            return text == null ? ABSENT : text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
        }
    },
    NUMBER(Types.BIGINT) {
        @Override
        Object value(ResultSet row, int column) throws SQLException {
            return row.getLong(column);
        }
    },
    REAL(Types.DOUBLE) {
        @Override
        Object value(ResultSet row, int column) throws SQLException {
            return row.getDouble(column);
        }
    },
    BYTES(Types.BINARY) {
        @Override
        Object value(ResultSet row, int column) throws SQLException {
            byte[] bytes = row.getBytes(column);
            return bytes == null ? ABSENT : bytes;
        }
    };

    private static final Object ABSENT = new Object();

    private final int sqlType;

    Kind(int sqlType) {
        this.sqlType = sqlType;
    }

    abstract Object value(ResultSet row, int column) throws SQLException;

    /** @param type as the migrations write it or PostgreSQL's name for the same */
    static Kind of(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TEXT" -> TEXT;
            case "BIGINT", "INT8", "INTEGER", "INT4" -> NUMBER;
            case "REAL", "FLOAT8", "DOUBLE PRECISION" -> REAL;
            case "BYTEA", "BLOB" -> BYTES;
            default -> throw new IllegalStateException("No portable form is known for " + type);
        };
    }

    final @Nullable Object read(ResultSet row, int column) throws SQLException {
        Object value = value(row, column);
        return row.wasNull() ? null : value;
    }

    final void write(PreparedStatement statement, int parameter, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(parameter, sqlType);
            case String text -> statement.setString(parameter, text);
            case Long number -> statement.setLong(parameter, number);
            case Double real -> statement.setDouble(parameter, real);
            case byte[] bytes -> statement.setBytes(parameter, bytes);
            default -> throw new IllegalArgumentException("Not a portable value: " + value.getClass());
        }
    }

    /** The bytes of a value, by which texts are in the same order in both databases. */
    static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
