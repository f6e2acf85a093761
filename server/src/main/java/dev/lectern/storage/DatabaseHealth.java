package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.lectern.observability.spi.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the database answers. */
@Component
class DatabaseHealth implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);
    private static final int PATIENCE_SECONDS = 1;

    private final HikariDataSource database;
    private final Dialect dialect;

    DatabaseHealth(HikariDataSource database, Dialect dialect) {
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
            statement.setQueryTimeout(PATIENCE_SECONDS);
            statement.execute("SELECT 1");
            HikariPoolMXBean pool = database.getHikariPoolMXBean();
            Map<String, Object> figures = Map.of(
                    "connections", pool.getTotalConnections(),
                    "used", pool.getActiveConnections() - 1,
                    "waiting", pool.getThreadsAwaitingConnection());
            if (hasGone(connection)) {
                return new Health(
                        State.WARNING,
                        "The library was moved to another database and can only be read here. Start the server again with its new settings.",
                        figures);
            }
            boolean full = pool.getTotalConnections() >= database.getMaximumPoolSize();
            return full && pool.getThreadsAwaitingConnection() > 0
                    ? new Health(State.WARNING, waiting(), figures)
                    : new Health(State.UP, "The database answers.", figures);
        } catch (SQLException e) {
            LOG.warn("The database does not answer: {} (SQL state {})", e.getMessage(), e.getSQLState());
            return Health.down(
                    switch (dialect) {
                        case SQLITE ->
                            "The database in the data folder cannot be read. Check its permissions and the disk; the log says more.";
                        case POSTGRESQL ->
                            "PostgreSQL does not answer. Check that it runs and can be reached; the log says more.";
                    });
        }
    }

    private static boolean hasGone(Connection connection) throws SQLException {
        return Whereabouts.read(connection)
                .filter(entry -> entry.state() == Whereabouts.State.GONE)
                .isPresent();
    }

    private String waiting() {
        return "Requests wait for one of the " + database.getMaximumPoolSize() + " connections to the database."
                + (dialect == Dialect.POSTGRESQL ? " If that lasts, raise LECTERN_DATABASE_CONNECTIONS." : "");
    }
}
