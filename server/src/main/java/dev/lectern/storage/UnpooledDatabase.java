package dev.lectern.storage;

import dev.lectern.shared.LecternException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * A database without a connection pool, for commands beside running servers. Its statements have no time limit, and it does not need the lock of the data
 * folder. The constructor does no I/O. {@code toString} names the database for users, without secrets.
 */
public interface UnpooledDatabase {

    Dialect dialect();

    /**
     * Checks that the database exists and is suitable.
     *
     * @throws LecternException with what to do when it is not
     */
    void requirePresent();

    /**
     * Whether the database exists.
     *
     * @throws LecternException with what to do when its server cannot be used
     */
    boolean exists();

    /** Creates the database where possible, and migrates its schema to this version. */
    void migrateSchema();

    /** A new connection, closed by the caller. */
    Connection connect() throws SQLException;

    /** What to change in the settings of a server so that it uses this database. */
    String settingsHint();

    /** The versions of the applied schema migrations, in order; empty for a database without tables. */
    default List<String> appliedMigrations() throws SQLException {
        List<String> versions = new ArrayList<>();
        try (Connection connection = connect()) {
            try (ResultSet tables = connection
                    .getMetaData()
                    .getTables(null, connection.getSchema(), "flyway_schema_history", new String[] {"TABLE"})) {
                if (!tables.next()) {
                    return versions;
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank")) {
                while (rows.next()) {
                    versions.add(rows.getString(1));
                }
            }
        }
        return versions;
    }

    /** The database that a server with these settings uses. */
    static UnpooledDatabase configured(Map<String, String> settings, Path dataFolder) {
        DatabaseProperties properties = properties(settings);
        return properties.url().isBlank() ? new SqliteDatabase(dataFolder) : new PostgresDatabase(properties);
    }

    /** The database in a data folder, whether a server uses it or not. */
    static UnpooledDatabase ofFolder(Path dataFolder) {
        return new SqliteDatabase(dataFolder);
    }

    /**
     * A PostgreSQL database.
     *
     * @param url of the form of {@code LECTERN_DATABASE_URL}
     * @param settings with the time limit of connecting; also with user and password, unless they belong to another address
     * @throws LecternException {@code INVALID_REQUEST} when the address is malformed
     */
    static UnpooledDatabase ofAddress(String url, Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(settings);
        if (!properties(settings).url().isBlank()) {
            own.remove("lectern.database.user");
            own.remove("lectern.database.password");
        }
        own.put("lectern.database.url", url);
        return new PostgresDatabase(properties(own));
    }

    private static DatabaseProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.database", DatabaseProperties.class);
    }
}
