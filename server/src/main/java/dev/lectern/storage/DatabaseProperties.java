package dev.lectern.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database. Without an address it is a file in the data folder, and everything else here is for PostgreSQL alone.
 *
 * @param url Address of a PostgreSQL database: postgresql://user:password@host:5432/name or jdbc:postgresql://host:5432/name,
 *     with optional driver parameters such as ?sslmode=verify-full. When empty, a SQLite file in the data folder is
 *     used, and the other database settings except the node lease have no effect.
 * @param user Database user. Overrides the user in the address.
 * @param password Password of the database user. Overrides the password in the address.
 * @param connections Maximum number of database connections of this node. The total of all nodes must stay below the server's
 *     max_connections.
 * @param idleConnections Number of idle connections that stay open.
 * @param connectionWait Maximum time that a request waits for a free connection, as 10s. After it the request fails with 503.
 * @param connectTimeout Maximum time to open a new database connection, as 10s. A longer attempt fails.
 * @param answerTimeout Maximum time for one statement, as 60s. After it the connection is closed and the request fails; migrations have
 *     no limit.
 * @param maxAge Maximum age of a connection, as 30m. An older one is replaced; the value must be below the limits of proxies and
 *     firewalls in between.
 * @param reportAfter Time after which a connection in use is reported in the log with the stack trace of its acquisition, as 60s. 0
 *     disables the report.
 * @param prepareAfter Number of executions of a statement on one connection after which it is prepared on the server. Set 0 behind a
 *     pooler in transaction mode.
 * @param nodeLease Time without a heartbeat after which a node is considered dead, as 30s. Other nodes then take over its work; all
 *     nodes need the same value.
 */
@ConfigurationProperties("lectern.database")
record DatabaseProperties(
        @DefaultValue("") String url,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("16") int connections,
        @DefaultValue("2") int idleConnections,
        @DefaultValue("10s") Duration connectionWait,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration answerTimeout,
        @DefaultValue("30m") Duration maxAge,
        @DefaultValue("60s") Duration reportAfter,
        @DefaultValue("5") int prepareAfter,
        @DefaultValue("30s") Duration nodeLease) {

    /** Without what is secret. */
    @Override
    public String toString() {
        return "DatabaseProperties[connections=" + connections + "]";
    }
}
