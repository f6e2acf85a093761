package dev.lectern.backup.jdbc;

import dev.lectern.storage.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule that what a row refers to is there. It is put off while tables are filled from a library that changes: a row may come whose document was
 * not there when documents were copied.
 */
public final class References {
    private References() {}

    /**
     * Takes the rule away, in a transaction.
     *
     * @return statements that bring it back, to be kept until then
     */
    public static List<String> putOff(Connection connection, Dialect dialect) throws SQLException {
        List<String> back = new ArrayList<>();
        if (dialect == Dialect.SQLITE) {
            return back; // A matter of the connection there.
        }
        List<String> away = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
                                + " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2")) {
            while (rows.next()) {
                away.add("ALTER TABLE " + rows.getString(1) + " DROP CONSTRAINT " + rows.getString(2));
                back.add("ALTER TABLE " + rows.getString(1) + " ADD CONSTRAINT " + rows.getString(2) + " "
                        + rows.getString(3));
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String one : away) {
                statement.execute(one);
            }
        }
        return back;
    }

    /**
     * Brings the rule back, in a transaction.
     *
     * @throws SQLException when a row refers to what is not there
     */
    public static void restore(Connection connection, Dialect dialect, List<String> back) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : back) {
                statement.execute(one);
            }
            if (dialect == Dialect.SQLITE) {
                try (ResultSet broken = statement.executeQuery("PRAGMA foreign_key_check")) {
                    if (broken.next()) {
                        throw new SQLException("A row of " + broken.getString(1) + " refers to what is not there");
                    }
                }
            }
        }
    }
}
