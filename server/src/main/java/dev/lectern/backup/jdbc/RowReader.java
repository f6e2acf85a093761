package dev.lectern.backup.jdbc;

import dev.lectern.storage.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a table from one snapshot, in the order of their keys, with few of them in memory. Others may write meanwhile. */
final class RowReader implements AutoCloseable {
    private static final int FETCH_SIZE = 64;

    private final ConnectionPair connections;
    private final TableSchema schema;
    private final Statement statement;
    private final ResultSet rows;

    /** A connection pair allows one open reader at a time. */
    @SuppressWarnings("MustBeClosedChecker") // Closed with this object, or with the connections.
    RowReader(ConnectionPair connections, TableSchema schema) throws SQLException {
        this.connections = connections;
        this.schema = schema;
        this.statement = connections.reading().createStatement();
        statement.setFetchSize(FETCH_SIZE);
        this.rows = statement.executeQuery("SELECT " + schema.columnNames() + " FROM " + schema.name() + " ORDER BY "
                + orderBy(schema, connections.dialect()));
    }

    private static String orderBy(TableSchema schema, Dialect dialect) {
        return schema.key().stream()
                .map(column -> column.name()
                        + (dialect == Dialect.POSTGRESQL && column.type() == ColumnType.TEXT ? " COLLATE \"C\"" : ""))
                .collect(Collectors.joining(", "));
    }

    /** The next row; null after the last. */
    @Nullable TableRow next() throws SQLException {
        return rows.next() ? TableRow.read(schema, rows) : null;
    }

    @Override
    public void close() throws SQLException {
        try (statement;
                rows) {
            connections.endReading();
        }
    }
}
