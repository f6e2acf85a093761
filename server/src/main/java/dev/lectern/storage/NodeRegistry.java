package dev.lectern.storage;

/**
 * The nodes that share the database. Rows that a node owns have its id, and are orphaned when that node is dead. So only nodes have a lease, not the rows that
 * they own.
 */
public interface NodeRegistry {

    /** The id of this node: a new one at every start, so that the previous process counts as dead. */
    String self();

    /**
     * An SQL condition that is true where {@code column} is null or has the id of a dead node.
     *
     * @param column qualified with the name or alias of its table
     */
    default String orphanCondition(String column) {
        return "NOT EXISTS (SELECT 1 FROM node WHERE node.id = " + column + ")";
    }

    /** The number of other live nodes; always 0 on SQLite, where the lock of the data folder excludes them. */
    int countOthers();
}
