package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens the connection pool of a PostgreSQL database, after a check of the server. */
final class PostgresPool {
    private static final int MIN_VERSION = 14;
    private static final int ALIVE_CHECK_MILLIS = 120_000;
    private static final int VALIDATION_MILLIS = 2_000;
    /** When the machine of a node fails, the server ends its transactions, and with them their locks, after this time. */
    private static final String INIT_SQL = "SET idle_in_transaction_session_timeout = '60s'";

    private PostgresPool() {}

    /** @throws LecternException with what to do when the server cannot be used */
    static HikariDataSource open(DatabaseProperties properties) {
        PostgresAddress address = PostgresAddress.of(properties);
        PGSimpleDataSource single = address.dataSource(properties);
        check(single, address);
        requireActive(single, address);
        single.setSocketTimeout(0);
        migrate(single, address);

        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("database");
        pool.setDataSource(address.dataSource(properties));
        pool.setMaximumPoolSize(properties.connections());
        pool.setMinimumIdle(Math.min(properties.idleConnections(), properties.connections()));
        pool.setConnectionTimeout(properties.connectionWait().toMillis());
        pool.setValidationTimeout(
                Math.min(VALIDATION_MILLIS, properties.connectionWait().toMillis()));
        pool.setMaxLifetime(properties.maxAge().toMillis());
        pool.setKeepaliveTime(ALIVE_CHECK_MILLIS);
        pool.setLeakDetectionThreshold(properties.reportAfter().toMillis());
        pool.setConnectionInitSql(INIT_SQL);
        return pool;
    }

    /**
     * Connects once.
     *
     * @return the server and its version, in one sentence
     * @throws LecternException with what to do when it is not usable
     */
    static String check(DatabaseProperties properties) {
        PostgresAddress address = PostgresAddress.of(properties);
        return check(address.dataSource(properties), address);
    }

    private static String check(PGSimpleDataSource source, PostgresAddress address) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            require(
                    connection.getMetaData().getDatabaseMajorVersion() >= MIN_VERSION,
                    "PostgreSQL at " + address + " has version " + version + "; Lectern needs " + MIN_VERSION
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
                                + " is read-only. Set the address of the primary server, or of all servers with ?targetServerType=primary.");
            }
            return "PostgreSQL " + version + " at " + address + " responds.";
        } catch (SQLException e) {
            throw unusable(PostgresErrorDescriber.describe(e, address));
        }
    }

    /** @throws LecternException when the library was moved to another database, or is still being moved to this one */
    static void requireActive(DatabaseProperties properties) {
        PostgresAddress address = PostgresAddress.of(properties);
        requireActive(address.dataSource(properties), address);
    }

    private static void requireActive(PGSimpleDataSource source, PostgresAddress address) {
        try (Connection connection = source.getConnection()) {
            DatabaseState.requireActive(connection);
        } catch (SQLException e) {
            throw unusable(PostgresErrorDescriber.describe(e, address));
        }
    }

    static void migrate(PGSimpleDataSource single, PostgresAddress address) {
        try {
            new SchemaMigrator(single).migrate();
        } catch (SQLException e) {
            throw unusable(PostgresErrorDescriber.describe(e, address));
        }
    }

    private static void require(boolean condition, String error) {
        if (!condition) {
            throw unusable(error);
        }
    }

    /** Without the exception of the driver as cause, since its text may contain the credentials. */
    private static LecternException unusable(String message) {
        return new LecternException(ErrorCode.DATABASE_UNAVAILABLE, message);
    }
}
