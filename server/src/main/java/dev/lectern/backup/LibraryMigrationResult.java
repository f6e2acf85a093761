package dev.lectern.backup;

import dev.lectern.backup.jdbc.TableCopier.Checksum;
import java.util.List;

/** The result of a successful migration. */
public sealed interface LibraryMigrationResult {

    /** All tables are copied, and both databases agree. */
    record Moved(List<Table> tables) implements LibraryMigrationResult {
        public Moved {
            tables = List.copyOf(tables);
        }
    }

    /** An earlier migration was complete already; nothing was done. */
    record MovedBefore() implements LibraryMigrationResult {}

    /**
     * A verified table, read from both databases while neither accepts changes.
     *
     * @param rows number of rows in both databases
     * @param sha256 checksum of all rows in the order of their keys, equal in both databases
     */
    record Table(String name, long rows, String sha256) {
        static Table of(String name, Checksum checksum) {
            return new Table(name, checksum.rows(), checksum.sha256());
        }
    }
}
