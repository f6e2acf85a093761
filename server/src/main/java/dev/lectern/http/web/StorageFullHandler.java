package dev.lectern.http.web;

import dev.lectern.shared.DiskFull;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseFull;
import java.sql.SQLException;
import java.util.Optional;

/** Recognises writes that failed for lack of disk space: in the database, in a folder, or while an upload arrives. */
final class StorageFullHandler {
    private StorageFullHandler() {}

    static Optional<LecternException> translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LecternException) {
                return Optional.empty();
            }
        }
        return DatabaseFull.isCauseOf(failure)
                ? Optional.of(DiskFull.exception(isOfDatabase(failure) ? "the disk of the database" : disks(), failure))
                : Optional.empty();
    }

    private static String disks() {
        return "the disk of the data folder or of the folder for temporary files";
    }

    private static boolean isOfDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }
}
