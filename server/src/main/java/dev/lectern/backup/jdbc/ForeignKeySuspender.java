package dev.lectern.backup.jdbc;

import dev.lectern.storage.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops the foreign keys of a database while it is filled from a library that changes: a copied row may refer to a document that did not exist when documents
 * were copied.
 */
public final class ForeignKeySuspender {
    private ForeignKeySuspender() {}

    /**
     * Drops all foreign keys, in the transaction of the caller.
     *
     * @return the statements that create them again, to be stored until then
     */
    public static List<String> dropAll(Connection connection, Dialect dialect) throws SQLException {
        List<String> create = new ArrayList<>();
        if (dialect == Dialect.SQLITE) {
            return create; // On SQLite the connection has them switched off.
        }
        List<String> drop = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
                                + " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2")) {
            while (rows.next()) {
                drop.add("ALTER TABLE " + rows.getString(1) + " DROP CONSTRAINT " + rows.getString(2));
                create.add("ALTER TABLE " + rows.getString(1) + " ADD CONSTRAINT " + rows.getString(2) + " "
                        + rows.getString(3));
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String ddl : drop) {
                statement.execute(ddl);
            }
        }
        return create;
    }

    /**
     * Creates the foreign keys again, in the transaction of the caller.
     *
     * @throws SQLException when a row refers to a missing one
     */
    public static void restoreAll(Connection connection, Dialect dialect, List<String> create) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String ddl : create) {
                statement.execute(ddl);
            }
            if (dialect == Dialect.SQLITE) {
                try (ResultSet broken = statement.executeQuery("PRAGMA foreign_key_check")) {
                    if (broken.next()) {
                        throw new SQLException("A row of " + broken.getString(1) + " refers to a missing row");
                    }
                }
            }
        }
    }
}
