package dev.lectern.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Evicts a connection of SQLite that could not begin its transaction. The driver believes that the transaction is open, so the next user of the connection
 * would write without ever committing, which locks out every other writer.
 */
final class BusyConnectionEvictor implements SQLExceptionOverride {
    private static final int SQLITE_BUSY = 5;

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return failure.getErrorCode() == SQLITE_BUSY ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
