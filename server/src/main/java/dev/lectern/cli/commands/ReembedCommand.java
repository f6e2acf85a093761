package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code collections reembed}: re-embeds the library with another embedder while the active one serves questions. */
@Command(
        name = "reembed",
        mixinStandardHelpOptions = true,
        description = {
            "Re-embeds the library with another embedder. The new index is built beside the active one, which stays in"
                    + " use;",
            "then all collections are switched at once. The old index is available for a rollback until --end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern collections reembed gemini:gemini-embedding-001 --price 0.15 --estimate",
            "  lectern collections reembed onnx:/models/multilingual-e5-small --questions questions.jsonl",
            "  lectern collections reembed --switch",
            "  lectern collections reembed --rollback",
            "  lectern collections reembed --end        deletes the index that is not active",
            "",
            "Format of a line of the questions file: {\"question\": \"How long is the warranty?\", \"documents\":"
                    + " [\"handbook.pdf\"]}"
        })
final class ReembedCommand implements Callable<Integer> {
    private static final long POLL_INTERVAL_MILLIS = 500;
    private static final Set<String> STATUSES_IN_PROGRESS =
            Set.of("building", "switching", "rolling_back", "cancelling", "dropping");

    @Parameters(
            arity = "0..1",
            paramLabel = "EMBEDDER",
            description =
                    "New embedder, as in LECTERN_EMBEDDER. Without it the options apply to the last re-embedding.")
    private @Nullable String embedder;

    @ArgGroup
    private @Nullable Action action;

    /** What to do; at most one option. */
    static final class Action {
        @Option(names = "--estimate", description = "Print the estimated effort and cost without starting.")
        private boolean estimate;

        @Option(names = "--switch", description = "Switch to the new index when it is complete.")
        private boolean switchOver;

        @Option(names = "--rollback", description = "Switch back to the old index.")
        private boolean rollback;

        @Option(
                names = "--end",
                description =
                        "Delete the index that is not active: the new one before the switch, the old one after it.")
        private boolean end;
    }

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "Compare both indexes with these questions when both are complete.")
    private @Nullable Path questions;

    @Option(names = "--price", paramLabel = "USD", description = "Price of a million tokens, for the estimate.")
    private @Nullable BigDecimal price;

    @Option(names = "--json", description = "Print the response of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    private final Terminal terminal = Terminal.ofProcess();
    private final ReembedMessages texts = new ReembedMessages(terminal);

    @Override
    public Integer call() throws IOException, InterruptedException {
        Action chosen = action == null ? new Action() : action;
        if (embedder != null && (chosen.rollback || chosen.end)) {
            System.err.println("lectern: --rollback and --end apply to the last re-embedding. Omit the embedder.");
            return ExitCode.USAGE;
        }
        if (embedder == null && chosen.estimate) {
            System.err.println("lectern: --estimate requires an embedder.");
            return ExitCode.USAGE;
        }
        Map<String, Object> asked =
                questions == null ? Map.of() : Map.of("questions", JudgedQuestionReader.read(questions));
        try (ApiClient apiClient = data.open()) {
            if (embedder != null && !begin(apiClient, chosen, embedder)) {
                return ExitCode.OK;
            }
            JsonNode move = last(apiClient);
            if (move == null) {
                System.err.println("lectern: there is no re-embedding. Specify an embedder to start one.");
                return ExitCode.USAGE;
            }
            String path = "/reembeddings/" + move.path("id").asString("");
            if (embedder == null) {
                act(apiClient, chosen, path);
            }
            move = await(apiClient, path);
            if (questions != null) {
                compare(apiClient.post(path + "/comparison", asked));
            }
            if (chosen.switchOver && move.path("status").asString("").equals("ready")) {
                apiClient.post(path + "/switch", Map.of());
                move = await(apiClient, path);
            }
            print(move);
            return move.path("reason").isNull() || move.path("reason").isMissingNode() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** Starts a re-embedding; false when only an estimate was requested. */
    private boolean begin(ApiClient apiClient, Action chosen, String name) {
        Map<String, Object> body = new HashMap<>(Map.of("embedder", name));
        if (price != null) {
            body.put("price", price);
        }
        JsonNode estimate = apiClient.post("/reembeddings/estimate", body);
        if (!json || !chosen.estimate) {
            System.err.println(ReembedMessages.estimate(estimate));
        }
        if (chosen.estimate) {
            if (json) {
                System.out.println(estimate.toPrettyString());
            }
            return false;
        }
        apiClient.post("/reembeddings", Map.of("embedder", name));
        return true;
    }

    private static void act(ApiClient apiClient, Action chosen, String path) {
        if (chosen.rollback) {
            apiClient.post(path + "/rollback", Map.of());
        } else if (chosen.end) {
            apiClient.delete(path);
        }
    }

    private static @Nullable JsonNode last(ApiClient apiClient) {
        JsonNode items = apiClient.get("/reembeddings").path("items");
        return items.isEmpty() ? null : items.get(0);
    }

    private JsonNode await(ApiClient apiClient, String path) throws InterruptedException {
        JsonNode move = apiClient.get(path);
        while (STATUSES_IN_PROGRESS.contains(move.path("status").asString(""))) {
            terminal.progress(ReembedMessages.progress(move));
            Thread.sleep(POLL_INTERVAL_MILLIS);
            move = apiClient.get(path);
        }
        terminal.endProgress();
        return move;
    }

    private void compare(JsonNode comparison) {
        System.out.print(
                json ? comparison.toPrettyString() + System.lineSeparator() : ReembedMessages.table(comparison));
    }

    private void print(JsonNode move) {
        if (json) {
            System.out.println(move.toPrettyString());
            return;
        }
        System.out.println(texts.outcome(move));
        String reason = move.path("reason").asString("");
        if (!reason.isEmpty()) {
            System.err.println(terminal.bad(reason));
        }
    }
}
