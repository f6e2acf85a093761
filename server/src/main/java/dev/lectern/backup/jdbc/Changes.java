package dev.lectern.backup.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Writes to one table, in transactions of {@value #ROWS} rows or 4 MB. A row that another one stands in the way of, which is to go later, is left out:
 * who compares again finds it missing.
 */
final class Changes implements AutoCloseable {
    private static final int ROWS = 500;
    private static final long BYTES = 4L << 20;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private int rows;
    private long bytes;
    private long all;

    @SuppressWarnings("MustBeClosedChecker") // Closed with this object, or with the side.
    Changes(Side side, TableShape shape) throws SQLException {
        connection = side.writing();
        // On SQLite this takes the one lock there is for writers.
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO " + shape.name() + " (" + shape.columnNames() + ") VALUES ("
                + shape.columns().stream().map(column -> "?").collect(Collectors.joining(", "))
                + ") ON CONFLICT DO NOTHING");
        delete = connection.prepareStatement("DELETE FROM " + shape.name() + " WHERE "
                + shape.key().stream().map(column -> column.name() + " = ?").collect(Collectors.joining(" AND ")));
    }

    void insert(Row row) throws SQLException {
        row.writeAll(insert);
        insert.addBatch();
        count(row);
    }

    void delete(Row row) throws SQLException {
        row.writeKey(delete);
        delete.addBatch();
        count(row);
    }

    void replace(Row before, Row after) throws SQLException {
        before.writeKey(delete);
        delete.addBatch();
        insert(after);
    }

    private void count(Row row) throws SQLException {
        all++;
        rows++;
        bytes += row.size();
        if (rows == ROWS || bytes > BYTES) {
            flush();
        }
    }

    /** @return rows that were not alike until now */
    long flush() throws SQLException {
        delete.executeBatch();
        insert.executeBatch();
        connection.commit();
        rows = 0;
        bytes = 0;
        return all;
    }

    @Override
    public void close() throws SQLException {
        try (insert;
                delete) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
