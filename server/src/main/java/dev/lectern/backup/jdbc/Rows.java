package dev.lectern.backup.jdbc;

import dev.lectern.storage.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a table as they were at one moment, in the order of their keys, a few in memory at a time. Others may write meanwhile. */
final class Rows implements AutoCloseable {
    private static final int AT_A_TIME = 64;

    private final Side side;
    private final TableShape shape;
    private final Statement statement;
    private final ResultSet rows;

    /** One at a time for a side. */
    @SuppressWarnings("MustBeClosedChecker") // Closed with this object, or with the side.
    Rows(Side side, TableShape shape) throws SQLException {
        this.side = side;
        this.shape = shape;
        this.statement = side.reading().createStatement();
        statement.setFetchSize(AT_A_TIME);
        this.rows = statement.executeQuery("SELECT " + shape.columnNames() + " FROM " + shape.name() + " ORDER BY "
                + order(shape, side.dialect()));
    }

    private static String order(TableShape shape, Dialect dialect) {
        return shape.key().stream()
                .map(column -> column.name()
                        + (dialect == Dialect.POSTGRESQL && column.kind() == Kind.TEXT ? " COLLATE \"C\"" : ""))
                .collect(Collectors.joining(", "));
    }

    /** The next one; null after the last. */
    @Nullable Row next() throws SQLException {
        return rows.next() ? Row.read(shape, rows) : null;
    }

    @Override
    public void close() throws SQLException {
        try (statement;
                rows) {
            side.endReading();
        }
    }
}
