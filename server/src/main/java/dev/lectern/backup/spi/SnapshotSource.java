package dev.lectern.backup.spi;

import java.util.List;
import java.util.Optional;

/**
 * The stored state of one module. Every table belongs to exactly one source, as a snapshot table or as a transient table, and a test finds those that belong
 * to none. Constructors do no I/O, and the tables are known without other beans: the migration command creates the sources beside a running server, without
 * the rest of the application.
 */
public interface SnapshotSource {

    /** The name of the module. */
    String name();

    /** The tables that a migration copies, each after those that its rows refer to. */
    default List<SnapshotTable> tables() {
        return List.of();
    }

    /** The tables whose rows are useless in another database: a migration empties them there. */
    default List<TransientTable> transientTables() {
        return List.of();
    }

    /** The files outside of the database; empty when there are none. Only callable within a running application. */
    default Optional<ContentAddressedFiles> files() {
        return Optional.empty();
    }
}
