package dev.lectern.cli;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Folders as sources of the default collection. */
final class Sources {
    private Sources() {}

    /** Adds a folder, or has it scanned again when it is a source already. */
    static JsonNode add(Api api, Path folder) {
        return api.post(
                "/collections/default/sources",
                Map.of("path", folder.toAbsolutePath().normalize().toString()));
    }
}
