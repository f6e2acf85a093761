package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a PostgreSQL server, opened only after it was seen that it will do. */
final class PostgresPool {
    private static final int OLDEST = 14;
    private static final int ALIVE_CHECK_MILLIS = 120_000;
    private static final int VALIDATION_MILLIS = 2_000;
    /** Where a node vanished with its machine, the server ends its transaction, and with it the locks, after this time. */
    private static final String FIRST = "SET idle_in_transaction_session_timeout = '60s'";

    private PostgresPool() {}

    /** @throws LecternException when the server cannot be used, in one sentence that says what to do */
    static HikariDataSource open(DatabaseProperties properties) {
        DatabaseAddress address = DatabaseAddress.of(properties);
        PGSimpleDataSource single = address.source(properties);
        look(single, address);
        requireHere(single, address);
        single.setSocketTimeout(0);
        migrate(single, address);

        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("database");
        pool.setDataSource(address.source(properties));
        pool.setMaximumPoolSize(properties.connections());
        pool.setMinimumIdle(Math.min(properties.idleConnections(), properties.connections()));
        pool.setConnectionTimeout(properties.connectionWait().toMillis());
        pool.setValidationTimeout(
                Math.min(VALIDATION_MILLIS, properties.connectionWait().toMillis()));
        pool.setMaxLifetime(properties.maxAge().toMillis());
        pool.setKeepaliveTime(ALIVE_CHECK_MILLIS);
        pool.setLeakDetectionThreshold(properties.reportAfter().toMillis());
        pool.setConnectionInitSql(FIRST);
        return pool;
    }

    /**
     * Connects once.
     *
     * @return what was found, in one sentence
     * @throws LecternException when it will not do
     */
    static String look(DatabaseProperties properties) {
        DatabaseAddress address = DatabaseAddress.of(properties);
        return look(address.source(properties), address);
    }

    private static String look(PGSimpleDataSource source, DatabaseAddress address) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            require(
                    connection.getMetaData().getDatabaseMajorVersion() >= OLDEST,
                    "PostgreSQL at " + address + " has version " + version + "; Lectern needs " + OLDEST
                            + " or newer. Upgrade it.");
            try (ResultSet row = statement.executeQuery(
                    "SELECT current_setting('server_encoding'), current_setting('transaction_read_only')")) {
                row.next();
                require(
                        "UTF8".equals(row.getString(1)),
                        "The database " + address + " has the encoding " + row.getString(1)
                                + ", which cannot hold every text. Create it with ENCODING 'UTF8'.");
                require(
                        "off".equals(row.getString(2)),
                        "The database " + address
                                + " can only be read. Give the address of the primary server, or all of them with ?targetServerType=primary.");
            }
            return "PostgreSQL " + version + " at " + address + " answers.";
        } catch (SQLException e) {
            throw unusable(PostgresFailure.sentence(e, address));
        }
    }

    /** @throws LecternException when nobody is to start on it, because the library was moved */
    static void requireHere(DatabaseProperties properties) {
        DatabaseAddress address = DatabaseAddress.of(properties);
        requireHere(address.source(properties), address);
    }

    private static void requireHere(PGSimpleDataSource source, DatabaseAddress address) {
        try (Connection connection = source.getConnection()) {
            Whereabouts.requireHere(connection);
        } catch (SQLException e) {
            throw unusable(PostgresFailure.sentence(e, address));
        }
    }

    static void migrate(PGSimpleDataSource single, DatabaseAddress address) {
        try {
            new Migrations(single).bringUpToDate();
        } catch (SQLException e) {
            throw unusable(PostgresFailure.sentence(e, address));
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw unusable(otherwise);
        }
    }

    /** The driver's own text is left out: who reads the sentence cannot see what is in it. */
    private static LecternException unusable(String sentence) {
        return new LecternException(ErrorCode.DATABASE_UNAVAILABLE, sentence);
    }
}
