package dev.lectern.backup.jdbc;

import dev.lectern.storage.DatabaseState;
import dev.lectern.storage.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Makes the tables of a database read-only with triggers that reject every change. They apply to every process that has the database open, and readers notice
 * nothing. The methods run in the transaction of the caller, which waits for running writers.
 */
public final class ReadOnlyTriggers {
    private static final String NAME = "library_was_moved";
    private static final List<String> CHANGES = List.of("INSERT", "UPDATE", "DELETE");

    private ReadOnlyTriggers() {}

    /** @param movedTo the new database, for the error message */
    public static void install(Connection connection, Dialect dialect, Collection<String> tables, String movedTo)
            throws SQLException {
        remove(connection, dialect);
        String text = "'" + (DatabaseState.MOVED_MESSAGE + movedTo).replace("'", "''") + "'";
        try (Statement statement = connection.createStatement()) {
            switch (dialect) {
                case SQLITE -> {
                    for (String table : tables) {
                        for (String change : CHANGES) {
                            statement.execute("CREATE TRIGGER " + name(table, change) + " BEFORE " + change + " ON "
                                    + table + " BEGIN SELECT RAISE(ABORT, " + text + "); END");
                        }
                    }
                }
                case POSTGRESQL -> {
                    statement.execute("SET LOCAL lock_timeout = '20s'");
                    statement.execute("LOCK TABLE " + String.join(", ", tables) + " IN SHARE ROW EXCLUSIVE MODE");
                    statement.execute("CREATE FUNCTION " + NAME + "() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN"
                            + " RAISE EXCEPTION USING MESSAGE = " + text + ", ERRCODE = 'LM001'; END $body$");
                    for (String table : tables) {
                        statement.execute("CREATE TRIGGER " + NAME + " BEFORE INSERT OR UPDATE OR DELETE ON " + table
                                + " FOR EACH ROW EXECUTE FUNCTION " + NAME + "()");
                    }
                }
            }
        }
    }

    /**
     * Removes the triggers of all tables; does nothing when there are none. On SQLite they are found by name, since a later version may have renamed their
     * tables.
     */
    public static void remove(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            switch (dialect) {
                case SQLITE -> {
                    for (String trigger : installed(statement)) {
                        statement.execute("DROP TRIGGER " + trigger);
                    }
                }
                case POSTGRESQL -> statement.execute("DROP FUNCTION IF EXISTS " + NAME + "() CASCADE");
            }
        }
    }

    private static List<String> installed(Statement statement) throws SQLException {
        List<String> triggers = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '" + NAME + "%' ORDER BY name")) {
            while (rows.next()) {
                triggers.add(rows.getString(1));
            }
        }
        return triggers;
    }

    private static String name(String table, String change) {
        return NAME + "_" + table + "_" + change.toLowerCase(Locale.ROOT);
    }
}
