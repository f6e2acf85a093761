package dev.lectern.storage;

/**
 * The processes that share the database. What a process owns is marked with its name, and is nobody's once that process does not live any more: so
 * nothing that is owned needs a lease of its own.
 */
public interface Nodes {

    /** This process: a new name at every start, so that a former self counts as dead. */
    String self();

    /**
     * A condition of SQL that holds where {@code column} is null or names a process that does not live.
     *
     * @param column with its table's name or alias
     */
    default String dead(String column) {
        return "NOT EXISTS (SELECT 1 FROM node WHERE node.id = " + column + ")";
    }

    /** How many others live; 0 where the data folder's lock keeps them away. */
    int others();
}
