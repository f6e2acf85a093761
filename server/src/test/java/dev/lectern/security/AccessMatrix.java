package dev.lectern.security;

import dev.lectern.shared.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of {@code access-matrix.txt}, which says who may call which operation. */
record AccessMatrix(List<Row> rows) {
    private static final Pattern LINE =
            Pattern.compile("(\\w+)\\s+(\\w+)\\s+([\\w-]+)\\s+([A-Z]+) (\\S+)(?: \\[([^:]+): ([^\\]]+)])?(?: (.+))?");

    /** Whom an operation is for; described in the file. */
    enum Who {
        ANYONE,
        OWN_RULES,
        CALLER,
        OWNER,
        READ,
        WRITE,
        MANAGE,
        CREATOR,
        PERSON,
        ADMINISTRATOR;

        /** Whether a thing that is refused may also be not found. */
        boolean isHidden() {
            return this == OWNER || this == READ || this == WRITE || this == MANAGE;
        }
    }

    /**
     * An operation.
     *
     * @param path with {@code {c}} and the like
     * @param header name of a header, and {@code value}; null without one
     * @param body null without one
     */
    record Row(
            String operation,
            Scope scope,
            Who who,
            String method,
            String path,
            @Nullable String header,
            @Nullable String value,
            @Nullable String body) {}

    static AccessMatrix read() {
        List<Row> rows = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(line));
            }
        }
        return new AccessMatrix(List.copyOf(rows));
    }

    private static Row row(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a row of the access matrix: " + line);
        }
        String path = parts.group(5);
        return new Row(
                parts.group(1),
                Scope.of(parts.group(2)).orElseThrow(() -> new IllegalArgumentException("No scope: " + line)),
                Who.valueOf(parts.group(3).toUpperCase(Locale.ROOT).replace('-', '_')),
                parts.group(4),
                path.startsWith("//") ? path.substring(1) : "/api/v1" + path,
                parts.group(6),
                parts.group(7),
                parts.group(8));
    }

    private static String text() {
        try (InputStream file = Objects.requireNonNull(
                AccessMatrix.class.getResourceAsStream("/security/access-matrix.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
