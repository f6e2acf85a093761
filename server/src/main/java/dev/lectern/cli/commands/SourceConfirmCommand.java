package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code sources confirm}: deletes the documents of missing files once a person has agreed. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes the documents of files that are missing from a folder, after it has shown which files these are.",
            "Files that are back, and those that a new problem hides, keep their documents."
        })
final class SourceConfirmCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Mixin
    private SourceParameter source = new SourceParameter();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ApiClient apiClient = data.open()) {
            JsonNode found = source.find(apiClient);
            if (!SourceTexts.needsConfirmation(found)) {
                System.out.println("Nothing waits for a confirmation: no file of " + SourceTexts.path(found)
                        + " is missing, as of the scan of " + SourceTexts.lastScan(found) + ".");
                return ExitCode.OK;
            }
            String path = "/sources/" + found.path("id").asString("");
            printMissing(found, apiClient.get(path + "/missing?limit=" + SHOWN));
            Integer refused = ConfirmationPrompt.ofProcess().refuse(yes, "Delete the documents of the missing files?");
            if (refused != null) {
                return refused;
            }
            JsonNode job = apiClient.post(path + "/scan", Map.of("confirmDeletion", true));
            boolean done = new JobProgressPrinter(apiClient, Terminal.ofProcess())
                    .await(List.of(job.path("id").asString("")));
            JsonNode now = apiClient.get(path);
            System.out.println(SourceTexts.path(now) + " has " + SourceTexts.documents(now) + " now; "
                    + SourceTexts.count(now.path("missing").path("count")) + " files are missing.");
            return done ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static void printMissing(JsonNode source, JsonNode page) {
        long count = source.path("missing").path("count").asLong(0);
        if (count == 0) {
            System.out.println(source.path("reason").asString("The folder " + SourceTexts.path(source) + " is away."));
            System.out.println("It has " + SourceTexts.documents(source) + ".");
            return;
        }
        System.out.println(SourceTexts.count(source.path("missing").path("count"))
                + (count == 1 ? " file of " : " files of ") + SourceTexts.path(source) + " missing since "
                + source.path("missing").path("since").asString("") + ":");
        page.path("items").forEach(file -> System.out.println("  " + SourceTexts.path(file)));
        if (count > page.path("items").size()) {
            System.out.println("  and " + (count - page.path("items").size()) + " more: lectern sources missing "
                    + source.path("id").asString(""));
        }
    }
}
