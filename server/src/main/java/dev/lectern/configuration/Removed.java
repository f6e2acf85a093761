package dev.lectern.configuration;

import java.util.Map;

/** Variables of earlier releases, each with a sentence that says what to write instead. They are kept for good. */
final class Removed {
    static final Map<String, String> VARIABLES = Map.of();

    private Removed() {}
}
