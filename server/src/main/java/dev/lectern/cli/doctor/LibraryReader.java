package dev.lectern.cli.doctor;

import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Reads the database of a library, beside a running server too.
 *
 * @param values the settings by key
 */
record LibraryReader(Map<String, String> values, Path dataFolder) {

    /**
     * What the database says.
     *
     * @param migration version of the migration that makes the tables which are read
     * @return empty if there is no database yet, or one of an earlier version without these tables
     * @throws LecternException with what to do if the database cannot be used
     * @throws SQLException if it cannot be read
     */
    <T> Optional<T> read(String migration, Function<JdbcClient, T> question) throws SQLException {
        UnpooledDatabase database = UnpooledDatabase.configured(values, dataFolder);
        if (!database.exists() || !database.appliedMigrations().contains(migration)) {
            return Optional.empty();
        }
        try (Connection connection = database.connect()) {
            return Optional.of(
                    question.apply(JdbcClient.create(new SingleConnectionDataSource(connection, true))));
        } catch (DataAccessException e) {
            throw new SQLException(e);
        }
    }
}
