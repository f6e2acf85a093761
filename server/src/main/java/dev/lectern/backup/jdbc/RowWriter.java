package dev.lectern.backup.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Writes to one table, in transactions of {@value #BATCH_ROWS} rows or 4 MB. A row that conflicts with another one, which will be deleted later, is skipped; the
 * next comparison finds it missing.
 */
final class RowWriter implements AutoCloseable {
    private static final int BATCH_ROWS = 500;
    private static final long BATCH_BYTES = 4L << 20;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private int rows;
    private long bytes;
    private long total;

    @SuppressWarnings("MustBeClosedChecker") // Closed with this object, or with the connections.
    RowWriter(ConnectionPair connections, TableSchema schema) throws SQLException {
        connection = connections.writing();
        // On SQLite the first statement takes the only write lock.
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO " + schema.name() + " (" + schema.columnNames() + ") VALUES ("
                + schema.columns().stream().map(column -> "?").collect(Collectors.joining(", "))
                + ") ON CONFLICT DO NOTHING");
        delete = connection.prepareStatement("DELETE FROM " + schema.name() + " WHERE "
                + schema.key().stream().map(column -> column.name() + " = ?").collect(Collectors.joining(" AND ")));
    }

    void insert(TableRow tableRow) throws SQLException {
        tableRow.writeAll(insert);
        insert.addBatch();
        count(tableRow);
    }

    void delete(TableRow tableRow) throws SQLException {
        tableRow.writeKey(delete);
        delete.addBatch();
        count(tableRow);
    }

    void replace(TableRow before, TableRow after) throws SQLException {
        before.writeKey(delete);
        delete.addBatch();
        insert(after);
    }

    private void count(TableRow tableRow) throws SQLException {
        total++;
        rows++;
        bytes += tableRow.size();
        if (rows == BATCH_ROWS || bytes > BATCH_BYTES) {
            flush();
        }
    }

    /** Commits the open batch. @return the number of rows that differed, in all batches */
    long flush() throws SQLException {
        delete.executeBatch();
        insert.executeBatch();
        connection.commit();
        rows = 0;
        bytes = 0;
        return total;
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
