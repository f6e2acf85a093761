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
 * A database as a command uses it beside running servers: single connections, whose statements take as long as they take. The data folder's lock is not
 * needed for it. Making one does no I/O. {@code toString} tells people which database it is, without secrets.
 */
public interface DatabasePlace {

    Dialect dialect();

    /**
     * Looks whether it is there and will do.
     *
     * @throws LecternException with what to do when not
     */
    void requirePresent();

    /** Makes it where that can be done from here, and gives it today's tables. */
    void bringUpToDate();

    /** A new connection, closed by the caller. */
    Connection connect() throws SQLException;

    /** What to change in the settings of a server so that it uses this database. */
    String settings();

    /** Which migrations it has, in order; empty where it has no tables. */
    default List<String> migrations() throws SQLException {
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

    /** The one that a server with these settings uses. */
    static DatabasePlace configured(Map<String, String> settings, Path dataFolder) {
        DatabaseProperties properties = properties(settings);
        return properties.url().isBlank() ? new SqlitePlace(dataFolder) : new PostgresPlace(properties);
    }

    /** The one in a data folder, whether a server uses it or not. */
    static DatabasePlace ofFolder(Path dataFolder) {
        return new SqlitePlace(dataFolder);
    }

    /**
     * One of PostgreSQL.
     *
     * @param url of the form of {@code LECTERN_DATABASE_URL}
     * @param settings for the time that connecting may take, and for user and password unless they are those of another address
     * @throws LecternException {@code INVALID_REQUEST} when it cannot be an address
     */
    static DatabasePlace ofAddress(String url, Map<String, String> settings) {
        Map<String, String> own = new HashMap<>(settings);
        if (!properties(settings).url().isBlank()) {
            own.remove("lectern.database.user");
            own.remove("lectern.database.password");
        }
        own.put("lectern.database.url", url);
        return new PostgresPlace(properties(own));
    }

    private static DatabaseProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.database", DatabaseProperties.class);
    }
}
