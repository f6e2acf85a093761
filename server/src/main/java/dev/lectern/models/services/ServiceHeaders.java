package dev.lectern.models.services;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers in the value of a variable, in the form of {@code OTEL_EXPORTER_OTLP_HEADERS}. */
final class ServiceHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,8000}");

    /** Set by the client itself, which refuses them. */
    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "content-type", "transfer-encoding");

    private ServiceHeaders() {}

    /**
     * @param variable for messages, which never show a value
     * @return by name
     * @throws InvalidSettingException says what to write
     */
    static Map<String, String> parse(Secret headers, String variable) {
        Map<String, String> parsed = new LinkedHashMap<>();
        if (headers.isEmpty()) {
            return parsed;
        }
        for (String pair : headers.reveal().split(",", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = decode(pair.substring(equals + 1).strip());
            if (!NAME.matcher(name).matches()
                    || !VALUE.matcher(value).matches()
                    || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidSettingException(variable
                        + " is not valid. Set it to name=value, or several of them separated by commas, with commas,"
                        + " spaces and percent signs of the values percent-encoded. The headers Host, Connection,"
                        + " Content-Type and Content-Length cannot be set.");
            }
            parsed.put(name, value);
        }
        return parsed;
    }

    /** @return empty for a malformed value */
    private static String decode(String value) {
        try {
            // A plus sign is itself, unlike in forms.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
