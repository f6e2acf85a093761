package dev.lectern.configuration;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * The format of a setting's value.
 *
 * @param name name with its article, such as "a whole number"
 * @param example a valid value
 * @param parser throws an {@link IllegalArgumentException} for an invalid value
 */
record ValueFormat(String name, String example, Function<String, Object> parser) {
    /** A number other than zero, which needs no unit. */
    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?0*[1-9][0-9]*");

    static ValueFormat of(Setting setting) {
        ValueFormat form = ofType(elementType(setting.type()));
        return setting.defaultValue().isEmpty() || setting.isMap()
                ? form
                : new ValueFormat(form.name, setting.defaultValue(), form.parser);
    }

    /** The name of the expected format when {@code value} is invalid; empty when it is valid. */
    Optional<String> expectedInsteadOf(String value) {
        try {
            Objects.requireNonNull(parser.apply(value));
            return Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            return Optional.of(name);
        }
    }

    private static String elementType(String type) {
        return type.startsWith("java.util.Map") ? type.substring(type.lastIndexOf(',') + 1, type.length() - 1) : type;
    }

    private static ValueFormat ofType(String type) {
        return switch (type) {
            case "java.lang.Integer", "int" -> new ValueFormat("a whole number", "1", Integer::valueOf);
            case "java.lang.Long", "long" -> new ValueFormat("a whole number", "1", Long::valueOf);
            case "java.lang.Double", "double", "java.lang.Float", "float" ->
                new ValueFormat("a number", "0.5", Double::valueOf);
            case "java.lang.Boolean", "boolean" -> new ValueFormat("true or false", "true", ValueFormat::truth);
            case "java.time.Duration" ->
                new ValueFormat("a time with its unit (ms, s, m, h, d)", "30s", ValueFormat::time);
            case "org.springframework.util.unit.DataSize" ->
                new ValueFormat("a size with its unit (KB, MB, GB)", "10MB", ValueFormat::size);
            case "java.net.URI" -> new ValueFormat("a URL", "https://host/v1", URI::create);
            default -> ofClass(type);
        };
    }

    private static ValueFormat ofClass(String type) {
        try {
            // The metadata has the binary name of nested types.
            Object[] constants = Class.forName(type).getEnumConstants();
            Optional<ValueFormat> itsOwn = ofItself(Class.forName(type));
            if (itsOwn.isPresent()) {
                return itsOwn.get();
            }
            if (constants != null) {
                String names = Arrays.stream(constants).map(ValueFormat::lower).collect(Collectors.joining(", "));
                return new ValueFormat(
                        "one of " + names,
                        lower(constants[0]),
                        value -> Arrays.stream(constants)
                                .filter(constant -> lower(constant).equals(lower(value)))
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new));
            }
        } catch (ClassNotFoundException anything) {
            return text();
        }
        return text();
    }

    /** A type that defines its own format: constants {@code FORM} and {@code EXAMPLE}, and a method {@code of} that throws for invalid values. */
    private static Optional<ValueFormat> ofItself(Class<?> type) {
        try {
            Method of = type.getMethod("of", String.class);
            return Optional.of(new ValueFormat(
                    String.valueOf(type.getField("FORM").get(null)),
                    String.valueOf(type.getField("EXAMPLE").get(null)),
                    value -> made(of, value)));
        } catch (NoSuchMethodException | NoSuchFieldException | IllegalAccessException saysNothing) {
            return Optional.empty();
        }
    }

    private static Object made(Method of, String value) {
        try {
            return of.invoke(null, value);
        } catch (ReflectiveOperationException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    private static ValueFormat text() {
        return new ValueFormat("a text", "text", value -> value);
    }

    private static String lower(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A number without a unit would count as milliseconds, which nobody means. */
    private static Object time(String value) {
        return DurationStyle.detectAndParse(requireUnit(value));
    }

    /** A number without a unit would count as bytes. */
    private static Object size(String value) {
        return DataSize.parse(requireUnit(value));
    }

    private static String requireUnit(String value) {
        if (BARE_NUMBER.matcher(value).matches()) {
            throw new IllegalArgumentException("No unit");
        }
        return value;
    }

    private static Object truth(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}
