package dev.lectern.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Throws a connection away that could not begin its transaction. SQLite's driver believes itself to be inside one then, and the next user of the connection
 * would write without ever committing, which locks everybody else out.
 */
final class EvictBusy implements SQLExceptionOverride {
    private static final int SQLITE_BUSY = 5;

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return failure.getErrorCode() == SQLITE_BUSY ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
