package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Finds passages. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Finds passages by words and by meaning. Ends with 3 when there is none.",
        footerHeading = "%nExamples:%n",
        footer = {"  lectern search \"parental leave\" --limit 5", "  lectern search ISO-9001 --mode lexical --json"})
final class SearchCommand implements Callable<Integer> {
    private static final int SHOWN = 240;

    enum Mode {
        HYBRID,
        LEXICAL,
        DENSE
    }

    @Parameters(paramLabel = "QUERY", description = "Search query, in quotes.")
    private String query = "";

    @Option(names = "--collection", paramLabel = "ID", description = "Search only this collection; can be repeated.")
    private List<String> collections = List.of();

    @Option(names = "--limit", description = "Maximum number of passages (${DEFAULT-VALUE}).")
    private int limit = 10;

    @Option(names = "--mode", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Mode mode = Mode.HYBRID;

    @Option(names = "--json", description = "Print the response of the API as JSON.")
    private boolean json;

    @Mixin
    private FilterOption filter = new FilterOption();

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", query);
        body.put("limit", limit);
        body.put("mode", mode.name().toLowerCase(Locale.ROOT));
        if (!collections.isEmpty()) {
            body.put("collections", collections);
        }
        filter.addTo(body);
        try (ApiClient apiClient = data.open()) {
            JsonNode found = apiClient.post("/search", body);
            if (json) {
                System.out.println(found.toPrettyString());
            } else {
                found.path("items").forEach(SearchCommand::print);
                String progress = ReadingProgress.describe(found.path("searched"));
                if (!progress.isEmpty()) {
                    System.err.println(progress);
                }
                if (found.path("items").isEmpty()) {
                    String empty = EmptyCollections.describe(apiClient.get("/collections"), collections);
                    System.err.println(empty.isEmpty() ? "No passage was found." : empty);
                }
            }
            return found.path("items").isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.OK;
        }
    }

    private static void print(JsonNode passage) {
        Terminal terminal = Terminal.ofProcess();
        String text = passage.path("text").asString("").replaceAll("\\s+", " ");
        System.out.printf(
                "%s  %s%n    %s%n",
                terminal.muted("%.3f".formatted(passage.path("score").asDouble())),
                terminal.strong(AnswerPrinter.formatLocation(passage)),
                text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
        String warning = AnswerPrinter.warningOf(passage);
        if (!warning.isEmpty()) {
            System.out.println("    " + terminal.warning(warning));
        }
    }
}
