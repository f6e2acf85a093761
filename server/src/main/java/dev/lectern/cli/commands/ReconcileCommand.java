package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Compares ledger, index and originals. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Compares what the library says with the index and the stored originals. Ends with 1 when they differ.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern reconcile                    changes nothing",
            "  lectern reconcile --repair --json    makes them agree and says what was found and what is left"
        })
final class ReconcileCommand implements Callable<Integer> {
    @Option(names = "--repair", description = "Make them agree. What agrees is not touched.")
    private boolean repair;

    @Option(names = "--json", description = "Print the API's answer.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = ApiClient.idle(data.folder())) {
            JsonNode answer = repair ? apiClient.post("/library/repair", Map.of()) : apiClient.get("/library/drift");
            JsonNode left = repair ? answer.path("left") : answer;
            if (json) {
                System.out.println(answer.toPrettyString());
            } else {
                print(repair ? answer.path("found") : answer, left);
            }
            return left.path("agrees").asBoolean(false) ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private void print(JsonNode found, JsonNode left) {
        Terminal terminal = Terminal.ofProcess();
        for (Kind kind : Kind.values()) {
            JsonNode part = found.path(kind.field);
            int count = part.path("count").asInt(0);
            if (count > 0) {
                int still = left.path(kind.field).path("count").asInt(0);
                System.out.println(terminal.warning(Integer.toString(count)) + " " + kind.sentence
                        + (repair ? "; " + still + " left" : ""));
                part.path("items").forEach(item -> System.out.println("    " + item.asString("")));
                if (still > 0) {
                    System.out.println("  "
                            + kind.advice(repair, left.path("originalsShared").asBoolean(false)));
                }
            }
        }
        int unfinished = left.path("unfinished").asInt(0);
        if (unfinished > 0) {
            System.out.println(unfinished + " deletions are under way.");
        }
        System.out.println(
                left.path("agrees").asBoolean(false)
                        ? terminal.good("Library, index and originals agree.")
                        : terminal.bad("Library, index and originals do not agree."));
    }

    private enum Kind {
        MISSING_IN_INDEX("missingInIndex", "documents are not wholly in the index"),
        STRAY_IN_INDEX("strayInIndex", "versions in the index are nobody's"),
        MISSING_ORIGINALS("missingOriginals", "originals of documents are gone"),
        UNOWNED_ORIGINALS("unownedOriginals", "originals are no document's");

        private final String field;
        private final String sentence;

        Kind(String field, String sentence) {
            this.field = field;
            this.sentence = sentence;
        }

        String advice(boolean repaired, boolean shared) {
            if (this == UNOWNED_ORIGINALS && shared) {
                return "Others may keep theirs in the same place: delete them there yourself if nobody does.";
            }
            if (!repaired) {
                return "lectern reconcile --repair puts it right.";
            }
            return switch (this) {
                case MISSING_IN_INDEX -> "Their embeddings are gone too: ingest these documents again.";
                case MISSING_ORIGINALS ->
                    "The next scan of their folder stores those that it has. Hand in the others again.";
                case STRAY_IN_INDEX, UNOWNED_ORIGINALS -> "Look into the server's log, then repair again.";
            };
        }
    }
}
