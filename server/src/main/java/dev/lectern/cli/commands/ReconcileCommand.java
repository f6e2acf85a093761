package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code reconcile}: checks the consistency of ledger, index and originals and repairs it on request. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Checks that the library, the index and the stored originals are consistent. The exit code is 1 when"
                        + " they differ.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern reconcile                    reports differences only",
            "  lectern reconcile --repair --json    repairs differences and reports what was found and what is left"
        })
final class ReconcileCommand implements Callable<Integer> {
    @Option(names = "--repair", description = "Repair all differences.")
    private boolean repair;

    @Option(names = "--json", description = "Print the response of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.openWithoutIngestion()) {
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
        for (DriftType type : DriftType.values()) {
            JsonNode part = found.path(type.field);
            int count = part.path("count").asInt(0);
            if (count > 0) {
                int still = left.path(type.field).path("count").asInt(0);
                System.out.println(terminal.warning(Integer.toString(count)) + " " + type.sentence
                        + (repair ? "; " + still + " left" : ""));
                part.path("items").forEach(item -> System.out.println("    " + item.asString("")));
                if (still > 0) {
                    System.out.println("  "
                            + type.advice(repair, left.path("originalsShared").asBoolean(false)));
                }
            }
        }
        int unfinished = left.path("unfinished").asInt(0);
        if (unfinished > 0) {
            System.out.println(unfinished + " deletions are in progress.");
        }
        System.out.println(
                left.path("agrees").asBoolean(false)
                        ? terminal.good("Library, index and originals are consistent.")
                        : terminal.bad("Library, index and originals are not consistent."));
    }

    private enum DriftType {
        MISSING_IN_INDEX("missingInIndex", "documents are missing or incomplete in the index"),
        STRAY_IN_INDEX("strayInIndex", "document versions in the index are not in the library"),
        MISSING_ORIGINALS("missingOriginals", "originals of documents are missing"),
        UNOWNED_ORIGINALS("unownedOriginals", "originals belong to no document");

        private final String field;
        private final String sentence;

        DriftType(String field, String sentence) {
            this.field = field;
            this.sentence = sentence;
        }

        String advice(boolean repaired, boolean shared) {
            if (this == UNOWNED_ORIGINALS && shared) {
                return "Other libraries may use the same storage. Delete these files manually if none does.";
            }
            if (!repaired) {
                return "Run lectern reconcile --repair to repair this.";
            }
            return switch (this) {
                case MISSING_IN_INDEX -> "Their embeddings are missing as well. Ingest these documents again.";
                case MISSING_ORIGINALS ->
                    "The next scan of their folder restores those that it contains. Upload the others again.";
                case STRAY_IN_INDEX, UNOWNED_ORIGINALS -> "See the server's log for the cause, then repair again.";
            };
        }
    }
}
