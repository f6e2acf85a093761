package dev.lectern.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises failures that a lack of disk space caused: of the file system, of SQLite and of PostgreSQL. */
public final class DiskFull {
    private static final int MAX_CAUSES = 30;
    /** The reasons of operating systems for a full disk and a used up quota. */
    private static final List<String> REASONS =
            List.of("no space left on device", "disk quota exceeded", "not enough space on the disk", "disk full");

    private static final String POSTGRESQL_DISK_FULL = "53100";
    /** The names that the driver puts at the beginning of its messages. The shared memory of the WAL grows like a file. */
    private static final List<String> SQLITE_NAMES = List.of("[SQLITE_FULL]", "[SQLITE_IOERR_SHMSIZE]");

    private DiskFull() {}

    /** Whether a failure, or one of its causes, is a lack of disk space. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (isLackOfSpace(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isLackOfSpace(Throwable cause) {
        return switch (cause) {
            case LecternException ours -> ours.code() == ErrorCode.STORAGE_FULL;
            case SQLException database ->
                POSTGRESQL_DISK_FULL.equals(database.getSQLState())
                        || SQLITE_NAMES.stream().anyMatch(message(database)::startsWith);
            case IOException file -> namesLackOfSpace(file.getMessage());
            case UncheckedIOException file -> namesLackOfSpace(file.getMessage());
            default -> false;
        };
    }

    private static boolean namesLackOfSpace(@Nullable String message) {
        String text = String.valueOf(message).toLowerCase(Locale.ROOT);
        return REASONS.stream().anyMatch(text::contains);
    }

    private static String message(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }

    /**
     * The error for a write that failed for lack of space.
     *
     * @param disk which one, such as {@code the disk of the data folder}
     */
    public static LecternException exception(String disk, @Nullable Throwable cause) {
        return new LecternException(
                ErrorCode.STORAGE_FULL,
                "There is no space left on " + disk
                        + ". Free some space, then try again. What was stored before is not affected.",
                cause);
    }
}
