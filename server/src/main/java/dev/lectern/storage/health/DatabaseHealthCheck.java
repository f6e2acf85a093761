package dev.lectern.storage.health;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.storage.DatabaseState;
import dev.lectern.storage.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Checks that the database responds. */
@Component
class DatabaseHealthCheck implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(DatabaseHealthCheck.class);
    private static final int TIMEOUT_SECONDS = 1;

    private final HikariDataSource database;
    private final Dialect dialect;

    DatabaseHealthCheck(HikariDataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return true;
    }

    @Override
    public Health check() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            statement.execute("SELECT 1");
            HikariPoolMXBean pool = database.getHikariPoolMXBean();
            Map<String, Object> figures = Map.of(
                    "connections", pool.getTotalConnections(),
                    "used", pool.getActiveConnections() - 1,
                    "waiting", pool.getThreadsAwaitingConnection());
            if (isMoved(connection)) {
                return new Health(
                        State.WARNING,
                        "The library was moved to another database and is read-only here. Restart the server with its new settings.",
                        figures);
            }
            boolean full = pool.getTotalConnections() >= database.getMaximumPoolSize();
            return full && pool.getThreadsAwaitingConnection() > 0
                    ? new Health(State.WARNING, waitingMessage(), figures)
                    : new Health(State.UP, "The database responds.", figures);
        } catch (SQLException e) {
            log.warn("The database does not respond: {} (SQL state {})", e.getMessage(), e.getSQLState());
            return Health.down(
                    switch (dialect) {
                        case SQLITE ->
                            "The database in the data folder cannot be read. Check its permissions and the disk, and see the log for the cause.";
                        case POSTGRESQL ->
                            "PostgreSQL does not respond. Check that it is running and reachable, and see the log for the cause.";
                    });
        }
    }

    private static boolean isMoved(Connection connection) throws SQLException {
        return DatabaseState.find(connection)
                .filter(entry -> entry.state() == DatabaseState.State.MOVED)
                .isPresent();
    }

    private String waitingMessage() {
        return "Requests are waiting, since all " + database.getMaximumPoolSize()
                + " connections to the database are in use."
                + (dialect == Dialect.POSTGRESQL ? " If that persists, raise LECTERN_DATABASE_CONNECTIONS." : "");
    }
}
