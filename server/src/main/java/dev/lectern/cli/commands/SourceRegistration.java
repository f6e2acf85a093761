package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.FolderPath;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Adds folders as sources of the default collection. */
final class SourceRegistration {
    private SourceRegistration() {}

    /** Adds a folder, or starts a scan when it is a source already. */
    static JsonNode add(ApiClient apiClient, Path folder) {
        return apiClient.post(
                "/collections/default/sources",
                Map.of("path", FolderPath.format(folder.toAbsolutePath().normalize())));
    }
}
