package dev.lectern.storage;

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
 * Brings the tables of SQLite up to date. Looking for migrations is a good part of a start, so the database remembers, in the number that SQLite
 * keeps for its users, which build last brought it up to date; the same build does not look again.
 */
final class RememberedMigrations {
    private static final int NOT_PACKAGED = 0;

    private final DataSource database;

    RememberedMigrations(DataSource database) {
        this.database = database;
    }

    void bringUpToDate() {
        int build = build();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            Whereabouts.requireHere(connection);
            if (build != NOT_PACKAGED && rememberedBy(statement) == build) {
                return;
            }
            new Migrations(database).bringUpToDate();
            statement.execute("PRAGMA user_version = " + build);
        } catch (SQLException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The database in the data folder cannot be opened. Check its permissions and the disk, or restore a copy.",
                    e);
        }
    }

    private static int rememberedBy(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.next() ? row.getInt(1) : NOT_PACKAGED;
        }
    }

    /** A number of the jar that this class is in; zero when it is in none, as in tests. */
    private static int build() {
        CodeSource source = RememberedMigrations.class.getProtectionDomain().getCodeSource();
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
