package dev.lectern.backup;

/** Receives the progress of a migration. An exception of the listener ends the migration like a failure of a database. */
public interface LibraryMigrationListener {

    enum Step {
        /** All tables are copied, while the library is used and changed. */
        COPYING,
        /** The library is being made read-only. */
        CLOSING,
        /** The library is read-only, and the changes made meanwhile are copied. */
        CATCHING_UP,
        /** Both databases are read and compared. */
        VERIFYING,
        /** The new database becomes active. */
        OPENING
    }

    /** A step begins. */
    void step(Step step);

    /**
     * Reports the progress within a table, every few hundred rows.
     *
     * @param rows number of rows that were compared
     * @param all number of rows of the table, counted before
     */
    void rows(String table, long rows, long all);
}
