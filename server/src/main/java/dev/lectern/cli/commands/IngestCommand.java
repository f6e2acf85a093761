package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.FolderPath;
import dev.lectern.storage.DataFolderFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** The command {@code ingest}: ingests files and folders and waits for the jobs. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Ingests files and folders and waits for completion. Unchanged files are skipped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern ingest handbook.pdf",
            "  lectern ingest --on-conflict replace handbook.pdf",
            "  lectern ingest ~/Documents /srv/wiki"
        })
final class IngestCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders to ingest.")
    private List<Path> paths = List.of();

    @Option(
            names = "--on-conflict",
            paramLabel = "WHAT",
            defaultValue = "refuse",
            converter = OnConflict.Converter.class,
            description = {
                "What to do with a file if the collection has a document of its name with other content:",
                "refuse (the default) leaves the document as it is, replace makes the file its new version, keep-both"
                        + " adds",
                "the file under a free name."
            })
    private OnConflict onConflict = OnConflict.REFUSE;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path path : paths) {
            Optional<String> objection = TimedPathCheck.ask(() -> findObjection(path), TimedPathCheck.LIMIT)
                    .orElseGet(() -> Optional.of(FolderPath.format(path) + " did not answer within "
                            + TimedPathCheck.LIMIT.toSeconds()
                            + " s. Check the disk or the network share that it is on, then repeat the command."));
            if (objection.isPresent()) {
                System.err.println("lectern: " + objection.get());
                return ExitCode.USAGE;
            }
        }
        Terminal terminal = Terminal.ofProcess();
        try (ApiClient apiClient = data.openOrCreate()) {
            List<String> jobs = new ArrayList<>();
            Map<String, Path> folders = new LinkedHashMap<>();
            FileUploads uploads = new FileUploads(apiClient, onConflict.parameter, terminal);
            for (Path path : paths) {
                if (Files.isDirectory(path)) {
                    JsonNode source = SourceRegistration.add(apiClient, path);
                    folders.put(source.path("id").asString(""), path);
                    jobs.addAll(JobProgressPrinter.ids(source));
                } else {
                    uploads.add(path);
                }
            }
            uploads.send();
            jobs.addAll(uploads.jobs());
            boolean done = jobs.isEmpty() || new JobProgressPrinter(apiClient, terminal).await(jobs);
            uploads.printNotices();
            folders.forEach((id, folder) -> printCopies(folder, apiClient.get("/sources/" + SourceFinder.encode(id))));
            return done && !uploads.isAnyRefused() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static void printCopies(Path folder, JsonNode source) {
        String copies = SourceTexts.copies(source);
        if (!copies.isEmpty()) {
            System.out.println(FolderPath.format(folder) + ": " + copies + ".");
        }
    }

    private Optional<String> findObjection(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            return Optional.of(FolderPath.format(path) + " cannot be read. Check its name and permissions.");
        }
        return Files.isDirectory(path) ? DataFolderFinder.findObjection(path, data.folder()) : Optional.empty();
    }

    /** What happens to a file whose name has a document with other content. */
    private enum OnConflict {
        REFUSE("refuse", "refuse"),
        REPLACE("replace", "replace"),
        KEEP_BOTH("keep-both", "keepBoth");

        private final String option;
        private final String parameter;

        OnConflict(String option, String parameter) {
            this.option = option;
            this.parameter = parameter;
        }

        static final class Converter implements ITypeConverter<OnConflict> {
            @Override
            public OnConflict convert(String value) {
                return Arrays.stream(values())
                        .filter(one -> one.option.equals(value))
                        .findFirst()
                        .orElseThrow(() -> new TypeConversionException(
                                "'" + value + "' is unknown. Use refuse, replace or keep-both."));
            }
        }
    }
}
