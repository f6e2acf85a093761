package dev.lectern.storage;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of a database up to date. Of nodes that start together one does it, while the others wait. */
final class Migrations {
    private final DataSource database;

    Migrations(DataSource database) {
        this.database = database;
    }

    /** @throws SQLException why the database refused, where it did */
    void bringUpToDate() throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .placeholders(Map.of("random", UUID.randomUUID().toString()))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw refusal(e).orElseThrow(() -> e);
        }
    }

    private static Optional<SQLException> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }
}
