package dev.lectern.backup.spi;

import java.util.List;

/**
 * A table whose rows are carried along.
 *
 * @param key columns that are never null and tell every row from every other; rows are read in the order of their key, texts compared by the bytes
 *     of their UTF-8
 * @param seeded rows that the migrations put into an otherwise empty database
 */
public record StateTable(String name, List<String> key, int seeded) {
    public StateTable {
        key = List.copyOf(key);
    }

    public static StateTable of(String name, String... key) {
        return new StateTable(name, List.of(key), 0);
    }

    /** The same with rows that a new database has from the start. */
    public StateTable withSeed(int rows) {
        return new StateTable(name, key, rows);
    }
}
