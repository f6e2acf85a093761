package dev.lectern.index;

/**
 * Whose passages an index holds, so that libraries which share a server never take each other's index for their own. Asked when a server is first used.
 */
@FunctionalInterface
public interface IndexOwner {

    /** The library's id: the same for all nodes of a database and wherever the library is moved, and no other library's. Fails when it cannot be read. */
    String id();
}
