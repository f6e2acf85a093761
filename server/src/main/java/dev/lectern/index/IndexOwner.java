package dev.lectern.index;

/**
 * Supplies the id of the library that an index belongs to, so that libraries on a shared Qdrant server never use each other's index. Called on first use of a server.
 */
@FunctionalInterface
public interface IndexOwner {

    /** The library's unique id. All nodes of a database have the same id, and a move to another database keeps it. Fails when the id cannot be read. */
    String id();
}
