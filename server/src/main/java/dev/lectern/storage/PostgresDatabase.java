package dev.lectern.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL database. */
final class PostgresDatabase implements UnpooledDatabase {
    private final PostgresAddress address;
    private final DatabaseProperties properties;
    private final PGSimpleDataSource source;

    PostgresDatabase(DatabaseProperties properties) {
        this.properties = properties;
        this.address = PostgresAddress.of(properties);
        this.source = address.dataSource(properties);
        source.setSocketTimeout(0);
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public boolean exists() {
        PostgresPool.check(properties);
        return true;
    }

    @Override
    public void requirePresent() {
        PostgresPool.check(properties);
    }

    @Override
    public void migrateSchema() {
        PostgresPool.check(properties);
        PostgresPool.migrate(source, address);
    }

    @Override
    public Connection connect() throws SQLException {
        return source.getConnection();
    }

    @Override
    public String settingsHint() {
        return "set LECTERN_DATABASE_URL to its address";
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + address;
    }
}
