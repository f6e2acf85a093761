package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The role of a database in the migration of its library to another database. A database without a stored state was never part of one.
 *
 * @param library the id of the library, the same in both databases
 * @param movedTo the new database and its settings, for users and without secrets; empty unless the state is MOVED
 * @param deferredDdl statements that restore the schema of the database after the last row has been copied
 */
public record DatabaseState(String library, State state, String movedTo, List<String> deferredDdl) {
    /** The beginning of the error with which a moved database rejects every change. Its triggers contain this text, so it must never change. */
    public static final String MOVED_MESSAGE = "This library was moved to ";

    public DatabaseState {
        deferredDdl = List.copyOf(deferredDdl);
    }

    public enum State {
        /** In use. */
        ACTIVE,
        /** Rows are being copied to this database. No server may start on it. */
        RECEIVING,
        /** Read-only, since the library was moved. Running servers go on reading, but no server may start on it. */
        MOVED
    }

    /** The state of a database in use, without details of earlier migrations. */
    public static DatabaseState active(String library) {
        return new DatabaseState(library, State.ACTIVE, "", List.of());
    }

    /** The stored state; empty when the database has none or has no tables yet. Also reads databases whose schema has not been migrated yet. */
    public static Optional<DatabaseState> find(Connection connection) throws SQLException {
        Optional<DatabaseStateTable> table = DatabaseStateTable.of(connection);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(table.get().select())) {
            return row.next()
                    ? Optional.of(new DatabaseState(
                            row.getString(1),
                            table.get().state(row.getString(2)),
                            row.getString(3),
                            row.getString(4).lines().toList()))
                    : Optional.empty();
        }
    }

    /** Replaces the stored state. The database must have its tables, but their schema may be older. */
    public void store(Connection connection) throws SQLException {
        DatabaseStateTable table = DatabaseStateTable.of(connection)
                .orElseThrow(() -> new SQLException("The database has no table for its state", "42P01"));
        try (PreparedStatement statement = connection.prepareStatement(table.upsert())) {
            statement.setString(1, library);
            statement.setString(2, table.stored(state));
            statement.setString(3, movedTo);
            statement.setString(4, String.join("\n", deferredDdl));
            statement.executeUpdate();
        }
    }

    /**
     * Checks that a server may start on the database, before it changes anything.
     *
     * @throws LecternException {@code CONFLICT}, with what to do, when the database is receiving or moved
     */
    static void requireActive(Connection connection) throws SQLException {
        Optional<DatabaseState> stored = find(connection);
        if (stored.isPresent()) {
            switch (stored.get().state()) {
                case ACTIVE -> {}
                case RECEIVING ->
                    throw new LecternException(
                            ErrorCode.CONFLICT,
                            "A migration to this database has not finished. Run the same `lectern migrate` command again until"
                                    + " it reports success, or use another database.");
                case MOVED ->
                    throw new LecternException(ErrorCode.CONFLICT, stored.get().movedMessage());
            }
        }
    }

    /** Whether a change failed because the database is moved. */
    public static boolean isRefusal(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains(MOVED_MESSAGE);
    }

    /** The error for a start or a migration that uses a moved database. */
    public String movedMessage() {
        return MOVED_MESSAGE + movedTo
                + ". To use this database again, without the changes made in the new one, run `lectern migrate --undo`.";
    }
}
