package dev.lectern.storage;

import dev.lectern.shared.DiskFull;
import org.springframework.transaction.TransactionSystemException;

/** Recognises failures that a lack of disk space caused, also those that a failed rollback hides. */
public final class DatabaseFull {
    private DatabaseFull() {}

    /**
     * As {@link DiskFull#isCauseOf}. SQLite may end the transaction itself when its disk is full; then the rollback fails, and the exception of the rollback hides the
     * one that matters.
     */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionSystemException hidden) {
                Throwable application = hidden.getApplicationException();
                if (application != null && isCauseOf(application)) {
                    return true;
                }
            }
        }
        return DiskFull.isCauseOf(failure);
    }
}
