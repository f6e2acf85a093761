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

/** The command {@code sources scan}. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = "Scans a folder now and waits until its changes are read.")
final class SourceScanCommand implements Callable<Integer> {
    @Mixin
    private SourceParameter source = new SourceParameter();

    @Option(
            names = "--compare-contents",
            description =
                    "Read every file, also those whose size and times are unchanged. Finds changes of programs that"
                            + " preserve the times of files.")
    private boolean compareContents;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (ApiClient apiClient = data.open()) {
            String id = source.find(apiClient).path("id").asString("");
            JsonNode job = apiClient.post("/sources/" + id + "/scan", Map.of("compareContents", compareContents));
            return new JobProgressPrinter(apiClient, Terminal.ofProcess())
                            .await(List.of(job.path("id").asString("")))
                    ? ExitCode.OK
                    : ExitCode.FAILED;
        }
    }
}
