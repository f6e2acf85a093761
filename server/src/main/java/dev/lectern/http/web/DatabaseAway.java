package dev.lectern.http.web;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Failures of the database that pass: it cannot be reached, has no free connection, or ended one of two transactions that waited for each other. */
final class DatabaseAway {
    private static final Duration SHORTLY = Duration.ofSeconds(2);

    private DatabaseAway() {}

    static Optional<LecternException> seenIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case TransientDataAccessException e -> {
                    return problem(failure);
                }
                case RecoverableDataAccessException e -> {
                    return problem(failure);
                }
                case NonTransientDataAccessResourceException e -> {
                    return problem(failure);
                }
                case CannotCreateTransactionException e -> {
                    return problem(failure);
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<LecternException> problem(Throwable failure) {
        return Optional.of(new LecternException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "The database does not answer at the moment. Try again shortly.",
                List.of(),
                SHORTLY,
                failure));
    }
}
