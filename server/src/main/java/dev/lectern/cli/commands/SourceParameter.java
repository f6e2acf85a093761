package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The parameter of commands about one source. */
final class SourceParameter {
    @Parameters(paramLabel = "SOURCE", description = "Path of the folder, id of the source, or begin of the id.")
    private String name = "";

    /** @throws dev.lectern.shared.LecternException INVALID_REQUEST when there is no such source, or more than one */
    JsonNode find(ApiClient apiClient) {
        return new SourceFinder(apiClient).find(name);
    }
}
