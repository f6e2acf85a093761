package dev.lectern.models.langchain4j;

import dev.lectern.shared.Secret;

/** The header in which the API of a service takes the key. */
public enum KeyScheme {
    /** {@code x-goog-api-key}. */
    GOOGLE("x-goog-api-key", ""),
    /** {@code Authorization} with {@code Bearer}. */
    BEARER("Authorization", "Bearer "),
    /** {@code x-api-key}. */
    ANTHROPIC("x-api-key", "");

    private final String header;
    private final String prefix;

    KeyScheme(String header, String prefix) {
        this.header = header;
        this.prefix = prefix;
    }

    String header() {
        return header;
    }

    String value(Secret key) {
        return prefix + key.reveal();
    }

    boolean isKeyHeader(String name) {
        return header.equalsIgnoreCase(name);
    }
}
