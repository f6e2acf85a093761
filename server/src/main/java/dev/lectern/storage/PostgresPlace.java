package dev.lectern.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of a PostgreSQL server. */
final class PostgresPlace implements DatabasePlace {
    private final DatabaseAddress address;
    private final DatabaseProperties properties;
    private final PGSimpleDataSource source;

    PostgresPlace(DatabaseProperties properties) {
        this.properties = properties;
        this.address = DatabaseAddress.of(properties);
        this.source = address.source(properties);
        source.setSocketTimeout(0);
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public void requirePresent() {
        PostgresPool.look(properties);
    }

    @Override
    public void bringUpToDate() {
        PostgresPool.look(properties);
        PostgresPool.migrate(source, address);
    }

    @Override
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    @Override
    public String settings() {
        return "set LECTERN_DATABASE_URL to its address";
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + address;
    }
}
