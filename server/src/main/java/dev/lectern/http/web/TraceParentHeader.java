package dev.lectern.http.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context, with which a client or proxy names the trace that a request belongs to. */
final class TraceParentHeader {
    static final String NAME = "traceparent";

    private static final Pattern FORMAT = Pattern.compile(
            "(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}(?<more>-.*)?");
    private static final String UNKNOWN_TRACE = "0".repeat(32);
    private static final String UNKNOWN_PARENT = "0".repeat(16);

    private TraceParentHeader() {}

    /** The trace id, 32 hexadecimal digits; empty when the header is missing or invalid, as the standard demands. */
    static Optional<String> readTraceId(@Nullable String header) {
        Matcher parts = FORMAT.matcher(header == null ? "" : header.strip());
        if (!parts.matches() || parts.group("version").equals("ff")) {
            return Optional.empty();
        }
        boolean tooLong = parts.group("version").equals("00") && parts.group("more") != null;
        boolean unknown = parts.group("trace").equals(UNKNOWN_TRACE)
                || parts.group("parent").equals(UNKNOWN_PARENT);
        return tooLong || unknown ? Optional.empty() : Optional.of(parts.group("trace"));
    }
}
