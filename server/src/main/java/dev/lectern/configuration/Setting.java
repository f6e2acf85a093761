package dev.lectern.configuration;

import dev.lectern.shared.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting.
 *
 * @param key as in application.yaml, such as {@code lectern.http.max-body}; with {@link #NAME} in it, one setting for each name that the operator chooses
 * @param type Java type of the value
 * @param defaultValue default value; empty when there is none
 * @param description what the setting limits or enables, with unit and bounds
 * @param owner class name of the properties record that has it
 */
record Setting(String key, String type, String defaultValue, String description, String owner) {
    /** Stands in keys for a name of letters and digits. */
    static final String NAME = "<name>";

    private static final String PREFIX = "lectern.";
    private static final Pattern NAME_IN_VARIABLE = Pattern.compile("[A-Z0-9]+");

    /** Spring would read the variables of Kubernetes, such as LECTERN_SERVICE_HOST, as settings below {@code lectern.service}. */
    private static final String SERVICE_KEY = "lectern.model-service.";

    private static final String SERVICE_VARIABLE = "lectern.service.";

    private static final Set<String> ADDRESSES_WITH_PASSWORD = Set.of("lectern.database.url", "lectern.redis-url");

    /** The environment variable of the setting; for a map the prefix before the key. */
    String variable() {
        String plain = key.startsWith(SERVICE_KEY) ? SERVICE_VARIABLE + key.substring(SERVICE_KEY.length()) : key;
        return "LECTERN_"
                + plain.substring(PREFIX.length())
                        .toUpperCase(Locale.ROOT)
                        .replace('.', '_')
                        .replace('-', '_');
    }

    /** Whether there is one setting for each name that the operator chooses. */
    boolean isNamed() {
        return key.contains(NAME);
    }

    /**
     * The setting of a variable.
     *
     * @param suffix at the end of the variable, such as {@code _FILE}; empty for none
     * @return this setting, or for a named one that of the name in the variable; empty for all other variables
     */
    Optional<Setting> ofVariable(String name, String suffix) {
        if (!isNamed()) {
            return name.equals(variable() + suffix) ? Optional.of(this) : Optional.empty();
        }
        String[] around = variable().split(NAME.toUpperCase(Locale.ROOT), -1);
        String end = around[1] + suffix;
        if (!name.startsWith(around[0]) || !name.endsWith(end) || name.length() <= around[0].length() + end.length()) {
            return Optional.empty();
        }
        Matcher inside = NAME_IN_VARIABLE.matcher(name.substring(around[0].length(), name.length() - end.length()));
        return inside.matches() ? Optional.of(named(inside.group())) : Optional.empty();
    }

    /** @param name as in the variable */
    Setting named(String name) {
        return new Setting(key.replace(NAME, name.toLowerCase(Locale.ROOT)), type, defaultValue, description, owner);
    }

    /** Whether a key is that of this setting, with any name. */
    boolean hasKey(String other) {
        if (!isNamed()) {
            return isMap() ? other.startsWith(key + ".") : other.equals(key);
        }
        String[] around = key.split(NAME, -1);
        return other.length() > around[0].length() + around[1].length()
                && other.startsWith(around[0])
                && other.endsWith(around[1])
                && other.indexOf('.', around[0].length()) == other.length() - around[1].length();
    }

    /** Whether the setting is a map with one variable per key. */
    boolean isMap() {
        return type.startsWith("java.util.Map");
    }

    /** Whether the value is a key or password, which must not be printed. */
    boolean isSecret() {
        return type.equals(Secret.class.getName())
                || key.endsWith("-key")
                || key.endsWith("password")
                || key.endsWith("secret");
    }

    /** Whether the value may also be in a file, because it is a secret or an address that may have a password in it. */
    boolean isReadableFromFile() {
        return !isMap() && (isSecret() || ADDRESSES_WITH_PASSWORD.contains(key));
    }
}
