package dev.lectern.storage;

import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Migrates the schema of a SQLite database. The search for migrations takes a good part of a start, so {@code PRAGMA user_version} records the build that
 * migrated last, and the same build skips the search.
 */
final class SqliteSchemaMigrator {
    private static final int NOT_PACKAGED = 0;

    private final DataSource database;

    SqliteSchemaMigrator(DataSource database) {
        this.database = database;
    }

    void migrate() {
        int build = currentBuild();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            DatabaseState.requireActive(connection);
            if (build != NOT_PACKAGED && lastBuild(statement) == build) {
                return;
            }
            new SchemaMigrator(database).migrate();
            statement.execute("PRAGMA user_version = " + build);
        } catch (SQLException e) {
            if (DiskFull.isCauseOf(e)) {
                throw DiskFull.exception("the disk of the data folder", e);
            }
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The database in the data folder cannot be opened. Check its permissions and the disk, or restore a backup.",
                    e);
        }
    }

    private static int lastBuild(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : NOT_PACKAGED;
        }
    }

    /** A hash of size and time of the jar; 0 without one, as in tests. */
    private static int currentBuild() {
        CodeSource source = SqliteSchemaMigrator.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return NOT_PACKAGED;
        }
        try {
            Path jar = Path.of(URI.create(source.getLocation().toString()));
            return Files.isRegularFile(jar)
                    ? Objects.hash(
                            Files.size(jar), Files.getLastModifiedTime(jar).toMillis())
                    : NOT_PACKAGED;
        } catch (IOException | IllegalArgumentException notAFile) {
            return NOT_PACKAGED;
        }
    }
}
