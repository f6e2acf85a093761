package dev.lectern.index;

import java.util.Optional;

/** Reports whether the index of the active embedder is incomplete and being rebuilt. Implemented by the library, which compares both. Thread-safe. */
@FunctionalInterface
public interface IndexRebuildMonitor {

    /** The rebuild that this node knows of; empty when there is none. Does no I/O. */
    Optional<IndexRebuild> find();
}
