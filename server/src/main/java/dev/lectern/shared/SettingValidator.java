package dev.lectern.shared;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the values of one settings record in its constructor. Each method throws an {@link InvalidSettingException} that says what to write instead. */
public final class SettingValidator {
    private static final Duration MAX_DURATION = Duration.ofDays(365);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]*");
    private static final long[] UNIT_MILLIS = {86_400_000, 3_600_000, 60_000, 1_000};
    private static final String[] UNITS = {"d", "h", "m", "s"};
    private static final Pattern TIME = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
    private static final String[] SIZE_UNITS = {"TB", "GB", "MB", "KB"};

    private final String prefix;

    private SettingValidator(String prefix) {
        this.prefix = prefix;
    }

    /** @param prefix the prefix of the record, such as {@code lectern.http} */
    public static SettingValidator of(String prefix) {
        return new SettingValidator(prefix);
    }

    /** @param name name of the setting below the prefix, such as {@code max-body}; so for all methods */
    public SettingValidator requireBetween(String name, long value, long min, long max) {
        return require(name, value, value >= min && value <= max, "a whole number from " + min + " to " + max);
    }

    public SettingValidator requireBetween(String name, double value, double min, double max) {
        return require(name, value, value >= min && value <= max, "a number from " + plain(min) + " to " + plain(max));
    }

    public SettingValidator requireBetween(String name, Duration value, Duration min, Duration max) {
        return require(
                name,
                format(value),
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                "a time from " + format(min) + " to " + format(max));
    }

    /** Requires 0 or a time between two. */
    public SettingValidator requireZeroOrBetween(String name, Duration value, Duration min, Duration max) {
        return require(
                name,
                format(value),
                value.isZero() || (value.compareTo(min) >= 0 && value.compareTo(max) <= 0),
                "0 or a time from " + format(min) + " to " + format(max));
    }

    /** Requires a time from 1 ms to 365 days. */
    public SettingValidator requirePositive(String name, Duration value) {
        return requireBetween(name, value, Duration.ofMillis(1), MAX_DURATION);
    }

    /** Requires a size in bytes. */
    public SettingValidator requireSize(String name, long bytes, long min, long max) {
        return require(
                name, size(bytes), bytes >= min && bytes <= max, "a size from " + size(min) + " to " + size(max));
    }

    /** Requires an http or https address with a host and without credentials. */
    public SettingValidator requireHttpUrl(String name, URI value, String example) {
        String scheme = String.valueOf(value.getScheme()).toLowerCase(Locale.ROOT);
        boolean valid = (scheme.equals("http") || scheme.equals("https"))
                && value.getHost() != null
                && value.getUserInfo() == null
                && value.getPort() <= 65_535;
        // The value is not repeated when it may contain a password.
        Object shown = value.toString().contains("@") ? "" : value;
        return require(name, shown, valid, "an http or https address without credentials, such as " + example);
    }

    /** Requires that a key, which is never shown, can be sent in a header. */
    public SettingValidator requireKey(String name, Secret value) {
        return require(
                name,
                "",
                KEY.matcher(value.reveal()).matches(),
                "a key of visible ASCII characters, without spaces and line breaks");
    }

    /**
     * Requires what the other methods do not know.
     *
     * @param shown the value; empty when it must not be shown
     * @param expected what to write, such as {@code a whole number from 1 to 9}
     */
    public SettingValidator require(String name, Object shown, boolean valid, String expected) {
        if (!valid) {
            String value = shown.toString();
            throw new InvalidSettingException(variable(name) + (value.isEmpty() ? "" : "=" + value)
                    + " is not valid. Set it to " + expected + ".");
        }
        return this;
    }

    /** The variable of a setting. */
    public String variable(String name) {
        return (prefix + "." + name).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /**
     * Reads a time with its unit, the inverse of {@link #format}.
     *
     * @throws IllegalArgumentException when it is none
     * @throws ArithmeticException when it is too long
     */
    static Duration parseDuration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException();
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** As a setting takes it, in the largest unit without a fraction. */
    public static String format(Duration time) {
        if (time.toSeconds() > Long.MAX_VALUE / 1_000 || time.toSeconds() < Long.MIN_VALUE / 1_000 + 1) {
            return time.toSeconds() + "s";
        }
        long millis = time.toMillis();
        for (int i = 0; i < UNITS.length; i++) {
            if (millis != 0 && millis % UNIT_MILLIS[i] == 0) {
                return millis / UNIT_MILLIS[i] + UNITS[i];
            }
        }
        return millis == 0 ? "0s" : millis + "ms";
    }

    private static String size(long bytes) {
        for (int i = 0; i < SIZE_UNITS.length; i++) {
            long unit = 1L << (10 * (SIZE_UNITS.length - i));
            if (bytes != 0 && bytes % unit == 0) {
                return bytes / unit + SIZE_UNITS[i];
            }
        }
        return bytes + "B";
    }
}
