package dev.lectern.storage;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database. Without an address it is a SQLite file in the data folder, and all other settings only apply to PostgreSQL.
 *
 * @param url Address of a PostgreSQL database, postgresql://user:password@host:5432/name or jdbc:postgresql://host:5432/name, with optional driver parameters such as ?sslmode=verify-full. Without one, the database is a SQLite file in the data folder.
 * @param user Name of the PostgreSQL user; overrides the one in the address.
 * @param password Password of the PostgreSQL user; overrides the one in the address.
 * @param connections Maximum number of connections of this node, 1 to 10000. Further requests wait for a free one. All nodes together must stay below max_connections of the server.
 * @param idleConnections Minimum number of connections that stay open while idle, 0 to 10000. More than LECTERN_DATABASE_CONNECTIONS count as that number.
 * @param connectionWait Maximum time that a request waits for a free connection, as 10s, 250ms to 1h. After it, the request fails with 503.
 * @param connectTimeout Maximum time for opening a new connection, as 10s, 1ms to 1h. After it, the attempt fails.
 * @param answerTimeout Maximum time for one statement, as 60s, 1ms to 1d. After it, the connection is closed and the request fails. Schema migrations have no limit.
 * @param maxAge Maximum age of a connection, as 30m, 30s to 7d; older ones are replaced. Set it below the limit of any proxy in between.
 * @param reportAfter Time in use after which a connection is reported in the log as a possible leak, as 60s, 2s to 1d; 0 disables the report.
 * @param prepareAfter Number of executions after which a statement is prepared on the server; 0 for a pooler in transaction mode.
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
        @DefaultValue("5") int prepareAfter) {
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final Duration MIN_REPORT = Duration.ofSeconds(2);
    private static final Duration MAX_REPORT = Duration.ofDays(1);

    DatabaseProperties {
        SettingValidator.of("lectern.database")
                .requireBetween("connections", connections, 1, 10_000)
                .requireBetween("idle-connections", idleConnections, 0, 10_000)
                .requireBetween("connection-wait", connectionWait, Duration.ofMillis(250), MAX_WAIT)
                .requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), MAX_WAIT)
                .requireBetween("answer-timeout", answerTimeout, Duration.ofMillis(1), Duration.ofDays(1))
                .requireBetween("max-age", maxAge, Duration.ofSeconds(30), Duration.ofDays(7))
                .require(
                        "report-after",
                        reportAfter.toSeconds() + "s",
                        reportAfter.isZero()
                                || (reportAfter.compareTo(MIN_REPORT) >= 0 && reportAfter.compareTo(MAX_REPORT) <= 0),
                        "0, or a time from 2s to 1d")
                .requireBetween("prepare-after", prepareAfter, 0, 1_000_000);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "DatabaseProperties[connections=" + connections + "]";
    }
}
