package dev.lectern.backup.jdbc;

import dev.lectern.storage.DatabaseState;
import dev.lectern.storage.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Refuses every change of tables, whoever wants it: by triggers, which hold for every process that has the database open, and let readers go on. To be
 * called in a transaction, which waits for those that write.
 */
public final class Gate {
    private static final String NAME = "library_was_moved";
    private static final List<String> CHANGES = List.of("INSERT", "UPDATE", "DELETE");

    private Gate() {}

    /** @param place where the library has gone, for people */
    public static void close(Connection connection, Dialect dialect, Collection<String> tables, String place)
            throws SQLException {
        open(connection, dialect, tables);
        String text = "'" + (DatabaseState.MOVED_MESSAGE + place).replace("'", "''") + "'";
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

    /** Opening what is open does nothing. */
    public static void open(Connection connection, Dialect dialect, Collection<String> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            switch (dialect) {
                case SQLITE -> {
                    for (String table : tables) {
                        for (String change : CHANGES) {
                            statement.execute("DROP TRIGGER IF EXISTS " + name(table, change));
                        }
                    }
                }
                case POSTGRESQL -> statement.execute("DROP FUNCTION IF EXISTS " + NAME + "() CASCADE");
            }
        }
    }

    private static String name(String table, String change) {
        return NAME + "_" + table + "_" + change.toLowerCase(Locale.ROOT);
    }
}
