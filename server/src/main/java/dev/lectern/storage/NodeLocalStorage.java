package dev.lectern.storage;

/** A store that a node may keep in its own data folder. Nodes can share a database only when none of them does so. */
public interface NodeLocalStorage {

    /** The store with, in brackets, the settings that make it shared: such as {@code the index (LECTERN_QDRANT_URL)}. */
    String name();

    /** Whether the store is in the data folder of this node. */
    boolean isNodeLocal();
}
