package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code sources add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Adds a folder, waits until it is read, and keeps up with it from then on.")
final class SourceAddCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of the server's machine.")
    private String folder = "";

    @Option(
            names = "--collection",
            paramLabel = "ID",
            description = "Add it to this collection (${DEFAULT-VALUE}).",
            defaultValue = "default")
    private String collection = "default";

    @Option(names = "--json", description = "Print the response of the API as JSON, and do not wait.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ApiClient apiClient = data.openOrCreate()) {
            JsonNode added = SourceRegistration.add(apiClient, folder, collection);
            if (json) {
                System.out.println(added.toPrettyString());
                return ExitCode.OK;
            }
            System.out.println(
                    SourceTexts.path(added) + " is source " + added.path("id").asString("") + ".");
            for (JsonNode other : added.path("overlaps")) {
                System.out.println(
                        other.path("relation").asString("").equals("parent")
                                ? "It lies in " + SourceTexts.path(other)
                                        + ", which is a source as well. Each file is one document; it stays until it is"
                                        + " in neither source."
                                : "It holds " + SourceTexts.path(other)
                                        + ", which is a source as well. Each file is one document; it stays until it is"
                                        + " in neither source.");
            }
            return new JobProgressPrinter(apiClient, Terminal.ofProcess())
                            .await(List.copyOf(JobProgressPrinter.ids(added)))
                    ? ExitCode.OK
                    : ExitCode.FAILED;
        }
    }
}
