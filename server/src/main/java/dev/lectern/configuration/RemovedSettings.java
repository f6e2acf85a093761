package dev.lectern.configuration;

import java.util.Map;

/** Removed variables of earlier releases, each with a sentence that says what to write instead. Entries are never deleted. */
final class RemovedSettings {
    static final Map<String, String> VARIABLES =
            Map.of("LECTERN_INGESTION_LEASE", "Set LECTERN_DATABASE_NODE_LEASE, which applies to all work of a node.");

    private RemovedSettings() {}
}
