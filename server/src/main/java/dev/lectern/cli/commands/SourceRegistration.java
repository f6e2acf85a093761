package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.FolderPath;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Adds folders as sources. */
final class SourceRegistration {
    private SourceRegistration() {}

    /** Adds a folder to the default collection, or starts a scan when it is a source already. */
    static JsonNode add(ApiClient apiClient, Path folder) {
        return add(apiClient, folder, "default");
    }

    /** The same for any collection and for a folder as a person wrote it. */
    static JsonNode add(ApiClient apiClient, String folder, String collection) {
        return add(apiClient, FolderPath.parse(folder), collection);
    }

    private static JsonNode add(ApiClient apiClient, Path folder, String collection) {
        return apiClient.post(
                "/collections/" + SourceFinder.encode(collection) + "/sources",
                Map.of("path", FolderPath.format(folder.toAbsolutePath().normalize())));
    }
}
