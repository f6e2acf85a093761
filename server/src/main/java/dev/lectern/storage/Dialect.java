package dev.lectern.storage;

/** The few SQL clauses that differ between the two databases. */
public enum Dialect {
    /** SQLite has one writer at a time: an open transaction has locked the whole database, so no row needs a lock. */
    SQLITE("", "", "", "CAST(unixepoch('subsec') * 1000 AS INTEGER)"),
    POSTGRESQL(
            " FOR NO KEY UPDATE",
            " FOR SHARE",
            " FOR UPDATE SKIP LOCKED",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");

    private final String forUpdate;
    private final String forShare;
    private final String forUpdateSkipLocked;
    private final String currentMillis;

    Dialect(String forUpdate, String forShare, String forUpdateSkipLocked, String currentMillis) {
        this.forUpdate = forUpdate;
        this.forShare = forShare;
        this.forUpdateSkipLocked = forUpdateSkipLocked;
        this.currentMillis = currentMillis;
    }

    /** An expression for the epoch milliseconds of the database's clock, which is the same for all nodes. */
    public String currentMillis() {
        return currentMillis;
    }

    /** A clause after a SELECT from one table: nobody else changes these rows until the transaction ends. */
    public String forUpdate() {
        return forUpdate;
    }

    /** A clause after a SELECT from one table: nobody locks these rows with {@link #forUpdate} until the transaction ends, but others may share them. */
    public String forShare() {
        return forShare;
    }

    /** A clause after a SELECT from one table: like {@link #forUpdate}, but skips the rows that another transaction has locked. */
    public String forUpdateSkipLocked() {
        return forUpdateSkipLocked;
    }
}
