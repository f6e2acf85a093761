package dev.lectern.http.web;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Recognises temporary database failures: the database is unreachable, has no free connection, ended a transaction because of a deadlock, or is read-only
 * while the library moves to another database.
 */
final class DatabaseUnavailableHandler {
    private static final Duration RETRY_SOON = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER_RESTART = Duration.ofSeconds(30);

    private DatabaseUnavailableHandler() {}

    static Optional<LecternException> translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case TransientDataAccessException e -> {
                    return unavailable(failure);
                }
                case RecoverableDataAccessException e -> {
                    return unavailable(failure);
                }
                case NonTransientDataAccessResourceException e -> {
                    return unavailable(failure);
                }
                case CannotCreateTransactionException e -> {
                    return unavailable(failure);
                }
                case SQLException e
                when DatabaseState.isRefusal(e) -> {
                    return Optional.of(problem(
                            "The library is read-only while it is moved to another database. Try again after the server was"
                                    + " restarted with its new settings.",
                            RETRY_AFTER_RESTART,
                            failure));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<LecternException> unavailable(Throwable failure) {
        return Optional.of(problem("The database is not available. Try again in a few seconds.", RETRY_SOON, failure));
    }

    private static LecternException problem(String sentence, Duration retryAfter, Throwable failure) {
        return new LecternException(ErrorCode.DATABASE_UNAVAILABLE, sentence, List.of(), retryAfter, failure);
    }
}
