package dev.lectern.configuration;

import java.util.Map;

/** Variables of earlier releases, each with a sentence that says what to write instead. They are kept for good. */
final class RemovedSettings {
    static final Map<String, String> VARIABLES =
            Map.of("LECTERN_INGESTION_LEASE", "Write LECTERN_DATABASE_NODE_LEASE, which holds for all work of a node.");

    private RemovedSettings() {}
}
