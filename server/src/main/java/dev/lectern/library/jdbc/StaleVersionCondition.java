package dev.lectern.library.jdbc;

/**
 * The SQL condition for documents whose newest bytes could not be read while an earlier version is shown. A commit makes a document done; one by an earlier
 * release does not clear the column.
 */
public final class StaleVersionCondition {
    public static final String SQL = sql("document");

    private StaleVersionCondition() {}

    /** @param alias of the table document */
    public static String sql(String alias) {
        return alias + ".stale_since IS NOT NULL AND " + alias + ".status <> 'done'";
    }
}
