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

/** Moves the library to another embedder while the present one answers. */
@Command(
        name = "reembed",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the library to another embedder. Its index is built beside the present one, which goes on answering;",
            "then all collections are switched at once. The old index is kept for a rollback until --end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern collections reembed gemini:gemini-embedding-001 --price 0.15 --estimate",
            "  lectern collections reembed onnx:/models/multilingual-e5-small --questions questions.jsonl",
            "  lectern collections reembed --switch",
            "  lectern collections reembed --rollback",
            "  lectern collections reembed --end        gives up the index that is not in force",
            "",
            "A line of a file of questions: {\"question\": \"How long is the warranty?\", \"documents\": [\"handbook.pdf\"]}"
        })
final class ReembedCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final Set<String> AT_WORK =
            Set.of("building", "switching", "rolling_back", "cancelling", "dropping");

    @Parameters(
            arity = "0..1",
            paramLabel = "EMBEDDER",
            description = "As LECTERN_EMBEDDER takes it. Without it, what is said concerns the last move.")
    private @Nullable String embedder;

    @ArgGroup
    private @Nullable Then then;

    /** At most one. */
    static final class Then {
        @Option(names = "--estimate", description = "Say what it would take, and do nothing.")
        private boolean estimate;

        @Option(names = "--switch", description = "Switch to the new index as soon as it is complete.")
        private boolean switchOver;

        @Option(names = "--rollback", description = "Switch back to the old index.")
        private boolean rollback;

        @Option(
                names = "--end",
                description =
                        "Delete the index that is not in force: the new one before the switch, the old one after it.")
        private boolean end;
    }

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "Compare both indexes with these questions, as soon as both are there.")
    private @Nullable Path questions;

    @Option(names = "--price", paramLabel = "USD", description = "For a million tokens, for the estimate.")
    private @Nullable BigDecimal price;

    @Option(names = "--json", description = "Print the API's answer.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    private final Terminal terminal = Terminal.ofProcess();
    private final ReembedMessages texts = new ReembedMessages(terminal);

    @Override
    public Integer call() throws IOException, InterruptedException {
        Then wish = then == null ? new Then() : then;
        if (embedder != null && (wish.rollback || wish.end)) {
            System.err.println("lectern: --rollback and --end concern the last move: leave the embedder out.");
            return ExitCode.USAGE;
        }
        if (embedder == null && wish.estimate) {
            System.err.println("lectern: name the embedder whose cost you want to know.");
            return ExitCode.USAGE;
        }
        Map<String, Object> asked = questions == null ? Map.of() : Map.of("questions", JudgedQuestionReader.read(questions));
        try (ApiClient apiClient = ApiClient.of(data.folder())) {
            if (embedder != null && !begin(apiClient, wish, embedder)) {
                return ExitCode.OK;
            }
            JsonNode move = last(apiClient);
            if (move == null) {
                System.err.println("lectern: The library was never moved. Name an embedder to move it to.");
                return ExitCode.USAGE;
            }
            String path = "/reembeddings/" + move.path("id").asString("");
            if (embedder == null) {
                act(apiClient, wish, path);
            }
            move = await(apiClient, path);
            if (questions != null) {
                compare(apiClient.post(path + "/comparison", asked));
            }
            if (wish.switchOver && move.path("status").asString("").equals("ready")) {
                apiClient.post(path + "/switch", Map.of());
                move = await(apiClient, path);
            }
            print(move);
            return move.path("reason").isNull() || move.path("reason").isMissingNode() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** False when only an estimate was wanted. */
    private boolean begin(ApiClient apiClient, Then wish, String name) {
        Map<String, Object> body = new HashMap<>(Map.of("embedder", name));
        if (price != null) {
            body.put("price", price);
        }
        JsonNode estimate = apiClient.post("/reembeddings/estimate", body);
        if (!json || !wish.estimate) {
            System.err.println(ReembedMessages.estimate(estimate));
        }
        if (wish.estimate) {
            if (json) {
                System.out.println(estimate.toPrettyString());
            }
            return false;
        }
        apiClient.post("/reembeddings", Map.of("embedder", name));
        return true;
    }

    private static void act(ApiClient apiClient, Then wish, String path) {
        if (wish.rollback) {
            apiClient.post(path + "/rollback", Map.of());
        } else if (wish.end) {
            apiClient.delete(path);
        }
    }

    private static @Nullable JsonNode last(ApiClient apiClient) {
        JsonNode items = apiClient.get("/reembeddings").path("items");
        return items.isEmpty() ? null : items.get(0);
    }

    private JsonNode await(ApiClient apiClient, String path) throws InterruptedException {
        JsonNode move = apiClient.get(path);
        while (AT_WORK.contains(move.path("status").asString(""))) {
            terminal.progress(ReembedMessages.progress(move));
            Thread.sleep(LOOK_EVERY_MILLIS);
            move = apiClient.get(path);
        }
        terminal.endProgress();
        return move;
    }

    private void compare(JsonNode comparison) {
        System.out.print(json ? comparison.toPrettyString() + System.lineSeparator() : ReembedMessages.table(comparison));
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
