package dev.lectern.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database. Without an address it is a file in the data folder, and everything else here is for PostgreSQL alone.
 *
 * @param url address of a PostgreSQL database, postgresql://user:password@host:5432/name or jdbc:postgresql://host:5432/name; parameters of the driver such as ?sslmode=verify-full may follow
 * @param user instead of one in the address
 * @param password instead of one in the address
 * @param connections that this node opens at most; all nodes together must stay below the server's max_connections
 * @param idleConnections that are kept open while nothing happens
 * @param connectionWait for a free connection, before the request is answered with 503
 * @param connectTimeout for a new connection
 * @param answerTimeout for one statement, after which the connection is given up; migrations have no limit
 * @param maxAge of a connection, after which it is replaced; shorter than the limit of whatever lies between
 * @param reportAfter time that a connection is in use after which the log says where it was taken, 0 never
 * @param prepareAfter uses of a statement on a connection after which the server keeps it prepared; 0 for a pooler that works by transaction
 * @param nodeLease time after which a node that shows no sign of life counts as dead and the others take over its work; the same for all nodes
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
