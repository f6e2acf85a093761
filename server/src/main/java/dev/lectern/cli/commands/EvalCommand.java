package dev.lectern.cli.commands;

import dev.lectern.cli.client.EmbeddedServer;
import dev.lectern.evaluation.DatasetReport;
import dev.lectern.evaluation.EvaluationRequest;
import dev.lectern.evaluation.EvaluationService;
import dev.lectern.evaluation.ReportFormatter;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.models.Embedder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code eval}: measures ranking and answers with question sets. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description =
                "Measures ranking and answers with question sets in BEIR format (corpus.jsonl, queries.jsonl, qrels.tsv). "
                        + "All corpora are indexed in one temporary collection; the library does not change.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern eval scifact --no-answers          ranking only",
            "  lectern eval xquad-en scifact --questions xquad-en --json",
            "  lectern eval scifact --questions squad2    questions about another collection"
        })
final class EvalCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders with the corpora to index.")
    private List<Path> folders = List.of();

    @Option(
            names = "--questions",
            paramLabel = "DIR",
            arity = "1..*",
            description = "Folders with the questions to ask (default: all indexed folders).")
    private List<Path> questions = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "Ask only the first N questions of each folder.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--chat", description = "Use the configured chat model instead of extractive answers.")
    private boolean chat;

    @Option(names = "--no-answers", description = "Measure ranking only.")
    private boolean rankingOnly;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Store the temporary collection here, so that the next run does not embed it again.")
    private @Nullable Path cache;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (limit < 1) {
            System.err.println("lectern: --limit must be 1 or more.");
            return ExitCode.USAGE;
        }
        Path scratch = cache == null ? Files.createTempDirectory("lectern-eval-") : Files.createDirectories(cache);
        try (EmbeddedServer embeddedServer = EmbeddedServer.start(settings(scratch))) {
            EvaluationRequest request = new EvaluationRequest(folders, questions, limit, !rankingOnly);
            try {
                print(embeddedServer.bean(EvaluationService.class).evaluate(request, EvalCommand::progress));
            } finally {
                if (cache == null) {
                    embeddedServer
                            .bean(PassageIndexRegistry.class)
                            .discard(embeddedServer.bean(Embedder.class).fingerprint());
                }
            }
        } finally {
            if (cache == null) {
                FileSystemUtils.deleteRecursively(scratch);
            }
        }
        return ExitCode.OK;
    }

    private Map<String, String> settings(Path scratch) {
        Map<String, String> settings = new HashMap<>(EmbeddedServer.PRIVATE);
        settings.putAll(Map.of(
                "lectern.data", scratch.toAbsolutePath().toString(),
                // The shared database belongs to the library. A configured Qdrant is measured, in collections with
                // their own prefix.
                "lectern.database.url", "",
                "lectern.index.qdrant.collection-prefix", "lectern-eval-" + name(scratch),
                "logging.level.root", "warn",
                "logging.level.dev.lectern", "warn"));
        if (!chat) {
            settings.put("lectern.chat-model", "extractive");
        }
        return settings;
    }

    /** A stable name for a folder, so that the next run finds the stored collection. */
    private static String name(Path scratch) {
        return UUID.nameUUIDFromBytes(scratch.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private void print(Map<String, DatasetReport> reports) {
        if (json) {
            System.out.println(
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(reports));
        } else {
            ReportFormatter.format(reports).forEach(System.out::println);
        }
    }

    private static void progress(String line) {
        System.err.println(line);
    }
}
