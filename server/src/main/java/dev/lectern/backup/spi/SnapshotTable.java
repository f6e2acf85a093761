package dev.lectern.backup.spi;

import java.util.List;

/**
 * A table that a migration copies.
 *
 * @param key columns of a unique key without nulls; rows are read in its order, texts by the bytes of their UTF-8
 * @param seededRows number of rows that the schema migrations insert into a new database
 */
public record SnapshotTable(String name, List<String> key, int seededRows) {
    public SnapshotTable {
        key = List.copyOf(key);
    }

    public static SnapshotTable of(String name, String... key) {
        return new SnapshotTable(name, List.of(key), 0);
    }

    /** This table with a number of rows that every new database contains. */
    public SnapshotTable withSeededRows(int rows) {
        return new SnapshotTable(name, key, rows);
    }
}
