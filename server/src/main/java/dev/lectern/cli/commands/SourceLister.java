package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lists sources: the options and the output of {@code sources} and {@code sources list}. */
final class SourceLister {
    private static final List<String> HEADINGS =
            List.of("ID", "FOLDER", "STATE", "WATCH", "LAST SCAN", "DOCUMENTS", "MISSING", "FINDINGS");

    @Option(names = "--collection", paramLabel = "ID", description = "List only the folders of this collection.")
    private @Nullable String collection;

    @Option(names = "--json", description = "Print the responses of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    int list() throws IOException {
        List<JsonNode> sources;
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            sources = new SourceFinder(apiClient).list(collection);
        }
        if (json) {
            ObjectNode all = JsonMapper.shared().createObjectNode();
            sources.forEach(all.putArray("items")::add);
            System.out.println(all.toPrettyString());
        } else if (sources.isEmpty()) {
            System.out.println("There are no folders. Add one: lectern sources add DIR");
        } else {
            System.out.print(table(sources));
            printProblems(sources);
        }
        return ExitCode.OK;
    }

    /** One line for each source below a line of headings. */
    static String table(List<JsonNode> sources) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (JsonNode source : sources) {
            rows.add(List.of(
                    source.path("id").asString(""),
                    SourceTexts.path(source),
                    SourceTexts.state(source),
                    SourceTexts.watch(source),
                    SourceTexts.lastScan(source),
                    SourceTexts.count(source.path("documents")),
                    SourceTexts.count(source.path("missing").path("count")),
                    SourceTexts.findings(source)));
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                line.append(row.get(column))
                        .append(" ".repeat(width - row.get(column).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static void printProblems(List<JsonNode> sources) {
        Terminal terminal = Terminal.ofProcess();
        for (JsonNode source : sources) {
            String reason = source.path("reason").asString("");
            if (!reason.isEmpty()) {
                System.out.println(terminal.warning(SourceTexts.path(source)) + ": " + reason);
            }
            if (SourceTexts.needsConfirmation(source)) {
                String id = source.path("id").asString("");
                System.out.println("  To see the files: lectern sources missing " + id);
                String action = SourceTexts.confirmation(id, reason);
                System.out.print(action.isEmpty() ? "" : "  " + action + System.lineSeparator());
            }
            String watch = source.path("watch").path("reason").asString("");
            if (!watch.isEmpty()) {
                System.out.println(terminal.warning(SourceTexts.path(source)) + ": " + watch);
            }
        }
    }
}
