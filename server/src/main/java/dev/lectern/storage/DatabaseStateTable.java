package dev.lectern.storage;

import dev.lectern.storage.DatabaseState.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * The one-row table of a {@link DatabaseState}, in the current schema and in that before migration V170. A start reads the state before it migrates the schema,
 * and a moved database keeps its old schema, so both must be readable.
 */
enum DatabaseStateTable {
    CURRENT("database_state", "moved_to", "deferred_ddl", "active", "receiving", "moved"),
    BEFORE_V170("whereabouts", "place", "put_off", "here", "arriving", "gone");

    private final String table;
    private final String movedTo;
    private final String deferredDdl;
    private final String active;
    private final String receiving;
    private final String moved;

    DatabaseStateTable(
            String table, String movedTo, String deferredDdl, String active, String receiving, String moved) {
        this.table = table;
        this.movedTo = movedTo;
        this.deferredDdl = deferredDdl;
        this.active = active;
        this.receiving = receiving;
        this.moved = moved;
    }

    /** The table that the database has; empty before its first migration. */
    static Optional<DatabaseStateTable> of(Connection connection) throws SQLException {
        for (DatabaseStateTable candidate : values()) {
            try (ResultSet tables = connection
                    .getMetaData()
                    .getTables(null, connection.getSchema(), candidate.table, new String[] {"TABLE"})) {
                if (tables.next()) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Selects library, state, new database and deferred statements. */
    String select() {
        return "SELECT library, state, " + movedTo + ", " + deferredDdl + " FROM " + table;
    }

    /** Takes the same four values as parameters. */
    String upsert() {
        return "INSERT INTO " + table + " (one, library, state, " + movedTo + ", " + deferredDdl
                + ") VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET library = excluded.library,"
                + " state = excluded.state, " + movedTo + " = excluded." + movedTo + ", " + deferredDdl + " = excluded."
                + deferredDdl;
    }

    String stored(State state) {
        return switch (state) {
            case ACTIVE -> active;
            case RECEIVING -> receiving;
            case MOVED -> moved;
        };
    }

    State state(String stored) {
        for (State state : State.values()) {
            if (stored(state).equals(stored.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw new IllegalStateException("Unknown database state " + stored);
    }
}
