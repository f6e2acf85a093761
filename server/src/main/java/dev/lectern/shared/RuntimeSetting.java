package dev.lectern.shared;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A setting that administrators may change while the server runs. The module that owns it makes one, reads {@link #value()} whenever it needs the value, and
 * registers it with a {@link RuntimeSettingSource}. Its key is that of the property of the same meaning, whose value is the default. Thread-safe.
 *
 * @param <T> immutable
 */
public final class RuntimeSetting<T> {
    private static final int MAX_LENGTH = 2_000;
    private static final String HIDDEN = "***";

    private final String key;
    private final Kind kind;
    private final T defaultValue;
    private final Function<String, T> parser;
    private final Function<T, String> format;
    private final String bounds;
    private final Consumer<T> listener;
    private volatile T value;

    /** What people write as its value. */
    public enum Kind {
        NUMBER,
        DURATION,
        CHOICE,
        TEXT,
        /** A key or password, which is stored encrypted and never shown. */
        SECRET
    }

    private RuntimeSetting(
            String key,
            Kind kind,
            T defaultValue,
            Function<String, T> parser,
            Function<T, String> format,
            String bounds,
            Consumer<T> listener) {
        this.key = key;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.parser = parser;
        this.format = format;
        this.bounds = bounds;
        this.listener = listener;
        this.value = defaultValue;
    }

    /**
     * A whole number.
     *
     * @param key as of the property, such as {@code lectern.rate-limit.requests}; so for all methods
     * @param defaultValue as the property was bound; so for all methods
     * @param min inclusive
     * @param max inclusive
     */
    public static RuntimeSetting<Integer> ofNumber(String key, int defaultValue, int min, int max) {
        return of(
                key,
                Kind.NUMBER,
                defaultValue,
                text -> {
                    int number = Integer.parseInt(text);
                    if (number < min || number > max) {
                        throw new IllegalArgumentException();
                    }
                    return number;
                },
                Object::toString,
                "a whole number from " + min + " to " + max);
    }

    /**
     * One of the constants of an enum, in lower case with hyphens.
     *
     * @param listener called with each new value
     */
    public static <E extends Enum<E>> RuntimeSetting<E> ofChoice(
            String key, E defaultValue, Class<E> type, Consumer<E> listener) {
        String names = Arrays.stream(type.getEnumConstants())
                .map(RuntimeSetting::lower)
                .collect(Collectors.joining(", "));
        return new RuntimeSetting<>(
                key,
                Kind.CHOICE,
                defaultValue,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> lower(constant).equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                RuntimeSetting::lower,
                "one of " + names,
                listener);
    }

    /**
     * Any other value.
     *
     * @param parser gets the value without spaces around it; throws an {@link IllegalArgumentException} for an invalid one
     * @param format its inverse; equal values have equal texts
     * @param bounds what to write, such as {@code a whole number from 1 to 9}
     */
    public static <T> RuntimeSetting<T> of(
            String key,
            Kind kind,
            T defaultValue,
            Function<String, T> parser,
            Function<T, String> format,
            String bounds) {
        return new RuntimeSetting<>(key, kind, defaultValue, parser, format, bounds, changed -> {});
    }

    /**
     * A time with its unit, such as {@code 30s}.
     *
     * @param min inclusive
     * @param max inclusive
     */
    public static RuntimeSetting<Duration> ofDuration(String key, Duration defaultValue, Duration min, Duration max) {
        return ofDuration(key, defaultValue, min, max, false, "");
    }

    /** As {@link #ofDuration}, or 0. */
    public static RuntimeSetting<Duration> ofZeroOrDuration(
            String key, Duration defaultValue, Duration min, Duration max) {
        return ofDuration(key, defaultValue, min, max, true, "0 or ");
    }

    private static RuntimeSetting<Duration> ofDuration(
            String key, Duration defaultValue, Duration min, Duration max, boolean zero, String alternative) {
        return of(
                key,
                Kind.DURATION,
                defaultValue,
                text -> {
                    Duration time = SettingValidator.parseDuration(text);
                    boolean valid = (zero && time.isZero()) || (time.compareTo(min) >= 0 && time.compareTo(max) <= 0);
                    if (!valid) {
                        throw new IllegalArgumentException();
                    }
                    return time;
                },
                SettingValidator::format,
                alternative + "a time from " + SettingValidator.format(min) + " to " + SettingValidator.format(max));
    }

    /**
     * A key or password; its default is none.
     *
     * @param listener called with each new value, {@link Secret#NONE} after a reset
     */
    public static RuntimeSetting<Secret> ofSecret(String key, Consumer<Secret> listener) {
        return new RuntimeSetting<>(
                key,
                Kind.SECRET,
                Secret.NONE,
                text -> {
                    if (text.isEmpty() || !text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
                        throw new IllegalArgumentException();
                    }
                    return Secret.of(text);
                },
                Secret::reveal,
                "a key of visible ASCII characters, without spaces and line breaks",
                listener);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value at present. */
    public T value() {
        return value;
    }

    public String key() {
        return key;
    }

    /** Its name: that of the environment variable, such as {@code LECTERN_RATE_LIMIT_REQUESTS}. */
    public String name() {
        // The key of a service differs from its variables, as ModelServicesProperties explains.
        return key.replace("lectern.model-service.", "lectern.service.")
                .toUpperCase(Locale.ROOT)
                .replace('.', '_')
                .replace('-', '_');
    }

    public Kind kind() {
        return kind;
    }

    /** What to write, such as {@code a whole number from 0 to 1000000}. */
    public String bounds() {
        return bounds;
    }

    /** The value at present, as it is shown: a secret is hidden. */
    public String text() {
        return shown(format.apply(value));
    }

    /** The default, as it is shown. */
    public String defaultText() {
        return shown(format.apply(defaultValue));
    }

    /** How a value that {@link #normalize} returned is shown. */
    public String shown(String text) {
        return kind == Kind.SECRET && !text.isEmpty() ? HIDDEN : text;
    }

    /**
     * How a value is written, such as {@code 100} for {@code " 0100"}.
     *
     * @throws LecternException INVALID_REQUEST for an invalid one; says what to write
     */
    public String normalize(String text) {
        return format.apply(parse(text));
    }

    private T parse(String text) {
        String stripped = text.strip();
        try {
            if (stripped.length() <= MAX_LENGTH) {
                return parser.apply(stripped);
            }
        } catch (IllegalArgumentException | ArithmeticException invalid) {
            throw refuse(stripped);
        }
        throw refuse(stripped.substring(0, 20) + "…");
    }

    private LecternException refuse(String text) {
        String value = kind == Kind.SECRET ? "" : "=" + text;
        return LecternException.invalid("value", name() + value + " is not valid. Set it to " + bounds + ".");
    }

    /**
     * Changes the value in this process. Only the module settings calls it, with what is stored for all nodes.
     *
     * @throws LecternException INVALID_REQUEST for an invalid value, which changes nothing
     */
    public void set(String text) {
        change(parse(text));
    }

    /** Changes the value in this process back to the default. */
    public void reset() {
        change(defaultValue);
    }

    private void change(T next) {
        boolean changed = !format.apply(next).equals(format.apply(value));
        value = next;
        if (changed) {
            listener.accept(next);
        }
    }
}
