package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** The address of a PostgreSQL database with its credentials. Error messages repeat no part of an invalid address, since any part could be the password. */
final class PostgresAddress {
    private static final Pattern FORM = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://([^/?]*)/([^?]*)(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:,\\[\\]]+)(?::(\\d{1,5}))?");
    private static final int PORT = 5432;
    /** Parameter names of libpq, which the driver calls otherwise. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding");

    private final List<String> hosts = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final String database;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String user = "";
    private String password = "";

    private PostgresAddress(String authority, String database, String query) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] credentials = authority.substring(0, at).split(":", 2);
            user = decoded(credentials[0]);
            password = credentials.length > 1 ? decoded(credentials[1]) : "";
        }
        for (String host : authority.substring(at + 1).split(",", -1)) {
            Matcher parts = HOST.matcher(host);
            if (!parts.matches()) {
                throw malformed();
            }
            hosts.add(parts.group(1).replaceAll("[\\[\\]]", ""));
            ports.add(parts.group(2) == null ? PORT : Integer.parseInt(parts.group(2)));
        }
        this.database = decoded(database);
        for (String parameter : query.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            switch (parts.length == 2 ? parts[0] : "") {
                case "user" -> user = decoded(parts[1]);
                case "password" -> password = decoded(parts[1]);
                case "" -> requireEmpty(parameter);
                default -> parameters.put(DRIVER_NAMES.getOrDefault(parts[0], parts[0]), decoded(parts[1]));
            }
        }
    }

    /** @throws LecternException {@code INVALID_REQUEST} when the address is malformed */
    static PostgresAddress of(DatabaseProperties properties) {
        Matcher parts = FORM.matcher(properties.url().strip());
        if (!parts.matches() || parts.group(2).isEmpty()) {
            throw malformed();
        }
        PostgresAddress address =
                new PostgresAddress(parts.group(1), parts.group(2), parts.group(3) == null ? "" : parts.group(3));
        if (!properties.user().isEmpty()) {
            address.user = properties.user();
        }
        if (!properties.password().isEmpty()) {
            address.password = properties.password();
        }
        return address;
    }

    /** A source of single connections, with the time limits of the settings. A parameter of the address overrides them. */
    PGSimpleDataSource dataSource(DatabaseProperties limits) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(seconds(limits.connectTimeout()));
        source.setLoginTimeout(seconds(limits.connectTimeout()));
        source.setSocketTimeout(seconds(limits.answerTimeout()));
        source.setPrepareThreshold(limits.prepareAfter());
        source.setReWriteBatchedInserts(true);
        source.setServerNames(hosts.toArray(String[]::new));
        source.setPortNumbers(ports.stream().mapToInt(Integer::intValue).toArray());
        source.setDatabaseName(database);
        source.setApplicationName("lectern");
        source.setTcpKeepAlive(true);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        parameters.forEach((name, value) -> set(source, name, value));
        return source;
    }

    /** The driver counts in whole seconds; 0 means no limit. */
    private static int seconds(Duration limit) {
        return limit.isZero() ? 0 : Math.toIntExact(Math.max(1, limit.toSeconds()));
    }

    private static void set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException | IllegalArgumentException unknown) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_DATABASE_URL has a parameter that the PostgreSQL driver does not know. Correct the text behind the"
                            + " question mark; a question mark in the password is written %3F.");
        }
    }

    /** The database without credentials, such as {@code db.example.org:5432/lectern}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i).indexOf(':') < 0 ? hosts.get(i) : "[" + hosts.get(i) + "]";
            text.append(i == 0 ? "" : ",").append(host).append(':').append(ports.get(i));
        }
        return text.append('/').append(database).toString();
    }

    String user() {
        return user;
    }

    String database() {
        return database;
    }

    private static void requireEmpty(String parameter) {
        if (!parameter.isEmpty()) {
            throw malformed();
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw malformed();
        }
    }

    private static LecternException malformed() {
        return new LecternException(
                ErrorCode.INVALID_REQUEST,
                "LECTERN_DATABASE_URL is not the address of a PostgreSQL database. Write for instance"
                        + " postgresql://lectern@db.example.org:5432/lectern, with / ? @ : and % in a password as %2F %3F %40 %3A %25,"
                        + " or the password in LECTERN_DATABASE_PASSWORD.");
    }
}
