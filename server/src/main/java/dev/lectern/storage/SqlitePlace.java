package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The database file of a data folder. */
final class SqlitePlace implements DatabasePlace {
    private final Path folder;
    private final Path file;
    private final DataSource source;

    SqlitePlace(Path folder) {
        this.folder = folder;
        this.file = SqlitePool.file(folder);
        this.source = SqlitePool.source(file);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public void requirePresent() {
        if (!Files.isRegularFile(file)) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "There is no library in " + folder
                            + ". Name its folder with --data, or set LECTERN_DATABASE_URL as the server has it.");
        }
    }

    @Override
    public void bringUpToDate() {
        try {
            Files.createDirectories(folder);
            new Migrations(source).bringUpToDate();
        } catch (IOException | SQLException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The database in " + folder + " cannot be written. Check its permissions and the disk.",
                    e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    @Override
    public String settings() {
        return "start it without LECTERN_DATABASE_URL, with LECTERN_DATA=" + folder;
    }

    @Override
    public String toString() {
        return "the data folder " + folder;
    }
}
