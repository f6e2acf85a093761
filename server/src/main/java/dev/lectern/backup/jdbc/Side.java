package dev.lectern.backup.jdbc;

import dev.lectern.storage.Dialect;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One of the two databases, with a connection that reads and one that writes what it is compared with. For one thread. */
public final class Side implements AutoCloseable {
    private final UnpooledDatabase place;
    private final Connection reading;
    private final Connection writing;

    private Side(UnpooledDatabase place, Connection reading, Connection writing) {
        this.place = place;
        this.reading = reading;
        this.writing = writing;
    }

    @SuppressWarnings("MustBeClosedChecker") // Closed with this object, or here when it is not made.
    public static Side of(UnpooledDatabase place) throws SQLException {
        Connection reading = place.connect();
        try {
            forReading(reading, place.dialect());
            return new Side(place, reading, forWriting(place));
        } catch (SQLException | RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    /** PostgreSQL hands out a result in pieces only within a transaction; SQLite reads on as it is asked, and would lock out writers in one. */
    private static void forReading(Connection connection, Dialect dialect) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET idle_in_transaction_session_timeout = 0");
                statement.execute("SET work_mem = '32MB'");
            }
            connection.setAutoCommit(false);
        }
    }

    /** References are checked when everything is there. On PostgreSQL they are taken away until then. */
    private static Connection forWriting(UnpooledDatabase place) throws SQLException {
        Connection connection = place.connect();
        try {
            if (place.dialect() == Dialect.SQLITE) {
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
        return place.dialect();
    }

    Connection reading() {
        return reading;
    }

    Connection writing() {
        return writing;
    }

    /** What was read is let go of, so that the next read sees what is there by then. */
    void endReading() throws SQLException {
        if (!reading.getAutoCommit()) {
            reading.rollback();
        }
    }

    @Override
    public String toString() {
        return place.toString();
    }

    @Override
    public void close() throws SQLException {
        try (reading;
                writing) {
            endReading();
        }
    }
}
