package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code sources remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes a folder and its documents from the library. The files of the folder stay.")
final class SourceRemoveCommand implements Callable<Integer> {
    @Mixin
    private SourceParameter source = new SourceParameter();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            JsonNode found = source.find(apiClient);
            System.out.println(SourceTexts.path(found) + " has " + SourceTexts.documents(found)
                    + ". They are deleted from the library, except for those that are in another source as well."
                    + " The files of the folder stay.");
            Integer refused = ConfirmationPrompt.ofProcess().refuse(yes, "Remove it?");
            if (refused != null) {
                return refused;
            }
            apiClient.delete("/sources/" + found.path("id").asString(""));
            System.out.println("Removed.");
            return ExitCode.OK;
        }
    }
}
