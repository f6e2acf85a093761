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
            Map<String, Path> uploads = new LinkedHashMap<>();
            boolean refused = false;
            for (Path path : paths) {
                if (Files.isDirectory(path)) {
                    jobs.addAll(JobProgressPrinter.ids(SourceRegistration.add(apiClient, path)));
                    continue;
                }
                JsonNode uploaded = apiClient.upload(path, onConflict.parameter);
                jobs.addAll(JobProgressPrinter.ids(uploaded));
                for (JsonNode item : uploaded.path("items")) {
                    boolean refusal = report(path, item, terminal);
                    refused |= refusal;
                    String document = item.at("/document/id").asString("");
                    if (!refusal && !document.isEmpty()) {
                        uploads.putIfAbsent(document, path);
                    }
                }
            }
            boolean done = jobs.isEmpty() || new JobProgressPrinter(apiClient, terminal).await(jobs);
            uploads.forEach((document, path) -> printNotices(
                    path,
                    apiClient.get("/documents/" + SourceFinder.encode(document)).path("notices"),
                    terminal));
            return done && !refused ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private Optional<String> findObjection(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            return Optional.of(FolderPath.format(path) + " cannot be read. Check its name and permissions.");
        }
        return Files.isDirectory(path) ? DataFolderFinder.findObjection(path, data.folder()) : Optional.empty();
    }

    /** Prints what became of a file, unless it simply was added; true when it was refused. */
    private static boolean report(Path path, JsonNode item, Terminal terminal) {
        switch (item.path("outcome").asString("")) {
            case "refused" -> {
                System.err.println(
                        terminal.bad("refused") + " " + FolderPath.format(path) + ": the collection has a document "
                                + item.path("path").asString("")
                                + " with other content. Repeat the command with --on-conflict replace or --on-conflict"
                                + " keep-both.");
                return true;
            }
            case "replaced" -> System.out.println(FolderPath.format(path) + " replaces the document of this name.");
            case "renamed" ->
                System.out.println(FolderPath.format(path) + " is added as "
                        + item.path("path").asString("") + ".");
            case "existing" -> System.out.println(FolderPath.format(path) + " is in the collection already.");
            default -> {}
        }
        return false;
    }

    /** Prints what the reader left out of the text of a file, or what is to be known about it. */
    private static void printNotices(Path path, JsonNode notices, Terminal terminal) {
        for (JsonNode notice : notices) {
            System.out.println(terminal.warning(FolderPath.format(path)) + ": "
                    + notice.path("text").asString(""));
        }
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
