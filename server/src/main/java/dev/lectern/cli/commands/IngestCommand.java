package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code ingest}: ingests files and folders and waits for the jobs. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Ingests files and folders and waits for completion. Unchanged files are skipped.",
        footerHeading = "%nExamples:%n",
        footer = {"  lectern ingest handbook.pdf", "  lectern ingest ~/Documents /srv/wiki"})
final class IngestCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders to ingest.")
    private List<Path> paths = List.of();

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                System.err.println("lectern: " + path + " cannot be read. Check its name and permissions.");
                return ExitCode.USAGE;
            }
        }
        Terminal terminal = Terminal.ofProcess();
        try (ApiClient apiClient = ApiClient.of(data.folder())) {
            List<String> jobs = new ArrayList<>();
            for (Path path : paths) {
                JsonNode added =
                        Files.isDirectory(path) ? SourceRegistration.add(apiClient, path) : apiClient.upload(path);
                jobs.addAll(JobProgressPrinter.ids(added));
            }
            return new JobProgressPrinter(apiClient, terminal).await(jobs) ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
