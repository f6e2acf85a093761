package dev.lectern.configuration;

import dev.lectern.shared.Secret;
import java.util.Locale;
import java.util.Set;

/**
 * One setting.
 *
 * @param key as in application.yaml, such as {@code lectern.http.max-body}
 * @param type Java type of the value
 * @param defaultValue default value; empty when there is none
 * @param description what the setting limits or enables, with unit and bounds
 * @param owner class name of the properties record that has it
 */
record Setting(String key, String type, String defaultValue, String description, String owner) {
    private static final String PREFIX = "lectern.";

    private static final Set<String> ADDRESSES_WITH_PASSWORD = Set.of("lectern.database.url", "lectern.redis-url");

    /** The environment variable of the setting; for a map the prefix before the key. */
    String variable() {
        return "LECTERN_"
                + key.substring(PREFIX.length())
                        .toUpperCase(Locale.ROOT)
                        .replace('.', '_')
                        .replace('-', '_');
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
