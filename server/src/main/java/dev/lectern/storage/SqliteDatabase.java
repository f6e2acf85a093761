package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The SQLite database of a data folder. */
final class SqliteDatabase implements UnpooledDatabase {
    private final Path folder;
    private final Path file;
    private final DataSource source;

    SqliteDatabase(Path folder) {
        this.folder = folder;
        this.file = SqlitePool.file(folder);
        this.source = SqlitePool.dataSource(file);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public boolean exists() {
        return Files.isRegularFile(file);
    }

    @Override
    public void requirePresent() {
        if (!exists()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "There is no library in " + folder
                            + ". Pass its folder with --data, or set LECTERN_DATABASE_URL to that of the server.");
        }
    }

    @Override
    public void migrateSchema() {
        try {
            ProcessUmask.restrict();
            OwnerOnlyFiles.createFolder(folder);
            new SchemaMigrator(source).migrate();
        } catch (IOException | SQLException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The database in " + folder + " is not writable. Check its permissions and the disk.",
                    e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    @Override
    public String settingsHint() {
        return "start it without LECTERN_DATABASE_URL, with LECTERN_DATA=" + folder;
    }

    @Override
    public String toString() {
        return "the data folder " + folder;
    }
}
