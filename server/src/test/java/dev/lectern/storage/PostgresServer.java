package dev.lectern.storage;

import dev.lectern.TestRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PostgreSQL of this test run: one that is started when it is first needed, or the one that {@code LECTERN_DATABASE_URL} names. Each test gets a
 * database of its own, copied from one that has the tables already.
 */
public final class PostgresServer {
    private static final Pattern DATABASE = Pattern.compile("(.*//[^/]*/)[^?]*(.*)");

    private PostgresServer() {}

    /** Its address, made and started once. */
    private static final class Running {
        static final String ADDRESS = address();
        static final String TEMPLATE = createTemplate();
    }

    /** The address of a new database with today's tables. */
    public static String createDatabase() {
        String name = "lectern_test_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name + " TEMPLATE " + Running.TEMPLATE);
        return of(name);
    }

    /** The address of a new database that has nothing. */
    public static String createEmptyDatabase(String options) {
        String name = "lectern_test_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name + " " + options);
        return of(name);
    }

    /**
     * The address of a new database with what a dump holds.
     *
     * @param dump SQL statements
     */
    public static String restoreDatabase(String dump) {
        String address = createEmptyDatabase("ENCODING 'UTF8' TEMPLATE template0");
        execute(address, dump);
        return address;
    }

    public static void dropDatabase(String address) {
        execute("DROP DATABASE IF EXISTS "
                + PostgresAddress.of(properties(address)).database() + " WITH (FORCE)");
    }

    /** Without it the database throws everybody out and lets nobody in. */
    static void allowConnections(String address, boolean allowed) {
        String name = PostgresAddress.of(properties(address)).database();
        execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
        if (!allowed) {
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }
    }

    static DatabaseProperties properties(String url) {
        return new DatabaseProperties(
                url,
                "",
                "",
                16,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMinutes(30),
                Duration.ofSeconds(60),
                5);
    }

    private static String createTemplate() {
        String name = "lectern_test_template_" + ProcessHandle.current().pid();
        execute("DROP DATABASE IF EXISTS " + name);
        execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
        PostgresPool.open(properties(of(name))).close();
        if (!given().isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> execute("DROP DATABASE IF EXISTS " + name)));
        }
        return name;
    }

    private static String of(String database) {
        Matcher parts = DATABASE.matcher(Running.ADDRESS);
        if (!parts.matches()) {
            throw new IllegalStateException("LECTERN_DATABASE_URL names no database");
        }
        return parts.group(1) + database + parts.group(2);
    }

    private static void execute(String sql) {
        execute(Running.ADDRESS, sql);
    }

    private static void execute(String address, String sql) {
        try (Connection connection = PostgresAddress.of(properties(address))
                        .dataSource(properties(""))
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String address() {
        TestRun.requireServers("PostgreSQL");
        return given().isEmpty() ? start() : given();
    }

    /** The build hands on the variable under this name, so that the servers of other tests do not take it for theirs. */
    private static String given() {
        String given = System.getProperty("lectern.test.database", "");
        return given.startsWith("${") ? "" : given;
    }

    @SuppressWarnings("resource") // Ends with the process, by a hook of its own.
    private static String start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200")
                    .start();
            return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
