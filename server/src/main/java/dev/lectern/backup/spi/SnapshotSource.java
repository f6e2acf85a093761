package dev.lectern.backup.spi;

import java.util.List;
import java.util.Optional;

/**
 * What one module keeps. Every table of the database belongs to exactly one source, either as state or as passing, and a test looks for those that
 * belong to none. Implementations do no I/O when they are made and need nothing to name their tables: a command that moves a database makes them
 * beside a running server, without the rest of the application.
 */
public interface SnapshotSource {

    /** The module. */
    String name();

    /** Tables that are carried along, each after those that its rows refer to. */
    default List<StateTable> tables() {
        return List.of();
    }

    /** Tables that are worth nothing elsewhere or later: they are emptied there. */
    default List<PassingTable> passing() {
        return List.of();
    }

    /** What is kept outside of the database; empty when nothing is. Not to be asked for where there is no application around. */
    default Optional<SnapshotFiles> files() {
        return Optional.empty();
    }
}
