package dev.lectern.backup.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The portable type of a column, the same for both databases. */
enum ColumnType {
    /** PostgreSQL cannot store U+0000 in a text, so it is replaced by U+FFFD, as which it is displayed. */
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

    ColumnType(int sqlType) {
        this.sqlType = sqlType;
    }

    abstract Object value(ResultSet row, int column) throws SQLException;

    /** @param type as in the schema migrations, or the name of PostgreSQL for the same type */
    static ColumnType of(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TEXT" -> TEXT;
            case "BIGINT", "INT8", "INTEGER", "INT4" -> NUMBER;
            case "REAL", "FLOAT8", "DOUBLE PRECISION" -> REAL;
            case "BYTEA", "BLOB" -> BYTES;
            default -> throw new IllegalStateException("There is no portable type for " + type);
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

    /** The bytes that define the order of texts in both databases. */
    static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
