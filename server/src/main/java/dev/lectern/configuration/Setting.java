package dev.lectern.configuration;

import java.util.Locale;

/**
 * One setting.
 *
 * @param key as in application.yaml, such as {@code lectern.http.max-body}
 * @param type the Java type that its value becomes
 * @param defaultValue empty when there is none
 * @param description one sentence, with the unit
 */
public record Setting(String key, String type, String defaultValue, String description) {
    private static final String PREFIX = "lectern.";

    /** The environment variable that sets it; for a map the part before the map's key. */
    public String variable() {
        return "LECTERN_"
                + key.substring(PREFIX.length())
                        .toUpperCase(Locale.ROOT)
                        .replace('.', '_')
                        .replace('-', '_');
    }

    /** Whether it takes many variables, one for each key. */
    public boolean isMap() {
        return type.startsWith("java.util.Map");
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return key.endsWith("-key") || key.endsWith("password") || key.endsWith("secret");
    }
}
