package dev.lectern.http.web;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.Whereabouts;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Failures of the database that pass: it cannot be reached, has no free connection, ended one of two transactions that waited for each other, or is closed
 * for changes as the library moves.
 */
final class DatabaseUnavailableHandler {
    private static final Duration SHORTLY = Duration.ofSeconds(2);
    private static final Duration UNTIL_A_RESTART = Duration.ofSeconds(30);

    private DatabaseUnavailableHandler() {}

    static Optional<LecternException> seenIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case TransientDataAccessException e -> {
                    return away(failure);
                }
                case RecoverableDataAccessException e -> {
                    return away(failure);
                }
                case NonTransientDataAccessResourceException e -> {
                    return away(failure);
                }
                case CannotCreateTransactionException e -> {
                    return away(failure);
                }
                case SQLException e
                when Whereabouts.isRefusal(e) -> {
                    return Optional.of(problem(
                            "This library is being moved to another database: it can be read, and changed again when the server"
                                    + " was started with its new settings.",
                            UNTIL_A_RESTART,
                            failure));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<LecternException> away(Throwable failure) {
        return Optional.of(problem("The database does not answer at the moment. Try again shortly.", SHORTLY, failure));
    }

    private static LecternException problem(String sentence, Duration retryAfter, Throwable failure) {
        return new LecternException(ErrorCode.DATABASE_UNAVAILABLE, sentence, List.of(), retryAfter, failure);
    }
}
