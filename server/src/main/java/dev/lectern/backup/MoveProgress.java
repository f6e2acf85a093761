package dev.lectern.backup;

/** Is told how far a move is. What it throws ends the move as a failure of a database would. */
public interface MoveProgress {

    enum Step {
        /** Everything is copied, while the library is used and changed. */
        COPYING,
        /** Changes are about to be refused. */
        CLOSING,
        /** Changes are refused from now on, and what has changed meanwhile is copied. */
        CATCHING_UP,
        /** Both databases are read and compared. */
        VERIFYING,
        /** The new database is opened for use. */
        OPENING
    }

    void step(Step step);

    /**
     * Now and then.
     *
     * @param rows of the table that were looked at
     * @param all rows of the table, as they were counted before
     */
    void rows(String table, long rows, long all);
}
