package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code sources show}. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what is known of a folder.")
final class SourceShowCommand implements Callable<Integer> {
    @Mixin
    private SourceParameter source = new SourceParameter();

    @Option(names = "--json", description = "Print the response of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            JsonNode found = source.find(apiClient);
            System.out.print(json ? found.toPrettyString() + System.lineSeparator() : describe(found));
            return ExitCode.OK;
        }
    }

    static String describe(JsonNode source) {
        StringBuilder text = new StringBuilder();
        add(text, "folder", SourceTexts.path(source));
        add(text, "id", source.path("id").asString(""));
        add(text, "collection", source.path("collectionId").asString(""));
        add(text, "state", SourceTexts.state(source));
        add(text, "reason", source.path("reason").asString(""));
        add(text, "watch", SourceTexts.watch(source));
        add(text, "", source.path("watch").path("reason").asString(""));
        add(text, "last scan", SourceTexts.lastScan(source));
        add(text, "documents", SourceTexts.count(source.path("documents")));
        add(text, "  copies", SourceTexts.copies(source));
        JsonNode missing = source.path("missing");
        add(text, "missing", SourceTexts.count(missing.path("count")));
        add(text, "  since", missing.path("since").asString(""));
        add(text, "  deleted after", missing.path("deletedAfter").asString(""));
        add(text, "findings", SourceTexts.findings(source));
        source.path("overlaps")
                .forEach(other -> add(
                        text,
                        other.path("relation").asString("").equals("parent") ? "lies in" : "holds",
                        SourceTexts.path(other)));
        return text.toString();
    }

    private static void add(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("%-15s %s%n".formatted(name, value));
        }
    }
}
