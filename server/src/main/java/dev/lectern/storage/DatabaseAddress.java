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

/** Where a PostgreSQL database is and who enters it. Whatever is wrong with an address, no part of it is repeated: any could be the password. */
final class DatabaseAddress {
    private static final Pattern FORM = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://([^/?]*)/([^?]*)(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:,\\[\\]]+)(?::(\\d{1,5}))?");
    private static final int PORT = 5432;
    /** As other programs write what the driver calls otherwise. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding");

    private final List<String> hosts = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final String database;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String user = "";
    private String password = "";

    private DatabaseAddress(String authority, String database, String query) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] who = authority.substring(0, at).split(":", 2);
            user = decoded(who[0]);
            password = who.length > 1 ? decoded(who[1]) : "";
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
                case "" -> requireNothing(parameter);
                default -> parameters.put(OTHER_NAMES.getOrDefault(parts[0], parts[0]), decoded(parts[1]));
            }
        }
    }

    /** @throws LecternException {@code INVALID_REQUEST} when it cannot be one */
    static DatabaseAddress of(DatabaseProperties properties) {
        Matcher parts = FORM.matcher(properties.url().strip());
        if (!parts.matches() || parts.group(2).isEmpty()) {
            throw malformed();
        }
        DatabaseAddress address =
                new DatabaseAddress(parts.group(1), parts.group(2), parts.group(3) == null ? "" : parts.group(3));
        if (!properties.user().isEmpty()) {
            address.user = properties.user();
        }
        if (!properties.password().isEmpty()) {
            address.password = properties.password();
        }
        return address;
    }

    /** A source of single connections, with the limits of the settings; a parameter of the address wins over them. */
    PGSimpleDataSource source(DatabaseProperties limits) {
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

    /** The driver counts in whole seconds, and takes 0 for no limit. */
    private static int seconds(Duration limit) {
        return limit.isZero() ? 0 : Math.toIntExact(Math.max(1, limit.toSeconds()));
    }

    private static void set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException | IllegalArgumentException unknown) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_DATABASE_URL has a parameter that the PostgreSQL driver does not know. Correct what stands behind the"
                            + " question mark; a question mark in the password is written %3F.");
        }
    }

    /** The database without who enters it, such as {@code db.example.org:5432/lectern}. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i).indexOf(':') < 0 ? hosts.get(i) : "[" + hosts.get(i) + "]";
            shown.append(i == 0 ? "" : ",").append(host).append(':').append(ports.get(i));
        }
        return shown.append('/').append(database).toString();
    }

    String user() {
        return user;
    }

    String database() {
        return database;
    }

    private static void requireNothing(String parameter) {
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
