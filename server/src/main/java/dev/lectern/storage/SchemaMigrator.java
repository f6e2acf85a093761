package dev.lectern.storage;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Migrates the schema of a database with Flyway. Of several nodes that start together, one migrates while the others wait. All pending migrations are one
 * transaction: a start that is killed leaves the schema as it was, and a new library waits for the disk once.
 */
final class SchemaMigrator {
    private final DataSource database;

    SchemaMigrator(DataSource database) {
        this.database = database;
    }

    /** @throws SQLException the error of the database, where one was the cause */
    void migrate() throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(database)
                    .group(true)
                    .placeholders(Map.of("random", UUID.randomUUID().toString()))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw databaseError(e).orElseThrow(() -> e);
        }
    }

    private static Optional<SQLException> databaseError(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
