package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code sources missing}. */
@Command(
        name = "missing",
        mixinStandardHelpOptions = true,
        description =
                "Lists the files of a folder that are missing and whose documents are still searchable. Ends with 3"
                        + " when there is none.")
final class SourceMissingCommand implements Callable<Integer> {
    @Mixin
    private SourceParameter source = new SourceParameter();

    @Option(names = "--json", description = "Print the responses of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            JsonNode found = source.find(apiClient);
            int listed = new SourceItemsPrinter(apiClient)
                    .print("/sources/" + found.path("id").asString("") + "/missing", json, SourceMissingCommand::print);
            if (listed == 0 && !json) {
                System.err.println("No file of " + SourceTexts.path(found) + " is missing.");
            }
            return listed == 0 ? ExitCode.NOTHING_FOUND : ExitCode.OK;
        }
    }

    private static void print(JsonNode file) {
        System.out.println(file.path("missingSince").asString("") + "  " + SourceTexts.path(file));
    }
}
