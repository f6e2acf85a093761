package dev.lectern.storage;

/** Where the two databases differ in what can be said to them; everything else is said the same way. */
public enum Dialect {
    /** One writer at a time: a transaction that is open has the whole database to itself, so no row has to be locked. */
    SQLITE("", "", "", "CAST(unixepoch('subsec') * 1000 AS INTEGER)"),
    POSTGRESQL(
            " FOR NO KEY UPDATE",
            " FOR SHARE",
            " FOR UPDATE SKIP LOCKED",
            "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)");

    private final String lock;
    private final String share;
    private final String take;
    private final String now;

    Dialect(String lock, String share, String take, String now) {
        this.lock = lock;
        this.share = share;
        this.take = take;
        this.now = now;
    }

    /** Epoch milliseconds by the database's clock, the same for all nodes. */
    String now() {
        return now;
    }

    /** Put after a SELECT of one table in a transaction: nobody else changes these rows until it ends. */
    public String lock() {
        return lock;
    }

    /** Put after a SELECT of one table in a transaction: nobody locks these rows with {@link #lock} until it ends, but others may share them. */
    public String share() {
        return share;
    }

    /** Put after a SELECT of one table in a transaction: like {@link #lock}, without the rows that somebody else has locked. */
    public String take() {
        return take;
    }
}
