package dev.lectern.backup.jdbc;

import dev.lectern.storage.Dialect;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Two connections to one database of a migration: one reads while the other writes. For one thread. */
public final class ConnectionPair implements AutoCloseable {
    private final UnpooledDatabase database;
    private final Connection reading;
    private final Connection writing;

    private ConnectionPair(UnpooledDatabase database, Connection reading, Connection writing) {
        this.database = database;
        this.reading = reading;
        this.writing = writing;
    }

    @SuppressWarnings("MustBeClosedChecker") // Closed with this object, or here after a failure.
    public static ConnectionPair open(UnpooledDatabase database) throws SQLException {
        Connection reading = database.connect();
        try {
            configureReading(reading, database.dialect());
            return new ConnectionPair(database, reading, openWriting(database));
        } catch (SQLException | RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    /** PostgreSQL returns a result in portions only within a transaction. SQLite always does, and a transaction would lock out writers. */
    private static void configureReading(Connection connection, Dialect dialect) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET idle_in_transaction_session_timeout = 0");
                statement.execute("SET work_mem = '32MB'");
            }
            connection.setAutoCommit(false);
        }
    }

    /** Foreign keys are checked at the end of the migration. On PostgreSQL they are dropped until then. */
    private static Connection openWriting(UnpooledDatabase database) throws SQLException {
        Connection connection = database.connect();
        try {
            if (database.dialect() == Dialect.SQLITE) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA foreign_keys = OFF");
                }
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Dialect dialect() {
        return database.dialect();
    }

    Connection reading() {
        return reading;
    }

    Connection writing() {
        return writing;
    }

    /** Ends the read snapshot, so that the next reader sees later changes. */
    void endReading() throws SQLException {
        if (!reading.getAutoCommit()) {
            reading.rollback();
        }
    }

    @Override
    public String toString() {
        return database.toString();
    }

    @Override
    public void close() throws SQLException {
        try (reading;
                writing) {
            endReading();
        }
    }
}
