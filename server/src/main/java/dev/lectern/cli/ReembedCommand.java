package dev.lectern.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
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
    private DataOption data = new DataOption();

    private final Terminal terminal = Terminal.ofProcess();

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
        Map<String, Object> asked = questions == null ? Map.of() : Map.of("questions", JudgedQuestions.read(questions));
        try (Api api = Api.of(data.folder())) {
            if (embedder != null && !begin(api, wish, embedder)) {
                return ExitCode.OK;
            }
            JsonNode move = last(api);
            if (move == null) {
                System.err.println("lectern: The library was never moved. Name an embedder to move it to.");
                return ExitCode.USAGE;
            }
            String path = "/reembeddings/" + move.path("id").asString("");
            if (embedder == null) {
                act(api, wish, path);
            }
            move = await(api, path);
            if (questions != null) {
                compare(api.post(path + "/comparison", asked));
            }
            if (wish.switchOver && move.path("status").asString("").equals("ready")) {
                api.post(path + "/switch", Map.of());
                move = await(api, path);
            }
            print(move);
            return move.path("reason").isNull() || move.path("reason").isMissingNode() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** False when only an estimate was wanted. */
    private boolean begin(Api api, Then wish, String name) {
        Map<String, Object> body = new HashMap<>(Map.of("embedder", name));
        if (price != null) {
            body.put("price", price);
        }
        JsonNode estimate = api.post("/reembeddings/estimate", body);
        if (!json || !wish.estimate) {
            System.err.println(sentence(estimate));
        }
        if (wish.estimate) {
            if (json) {
                System.out.println(estimate.toPrettyString());
            }
            return false;
        }
        api.post("/reembeddings", Map.of("embedder", name));
        return true;
    }

    private static String sentence(JsonNode estimate) {
        StringBuilder sentence = new StringBuilder("%,d of %,d texts are to be embedded, about %,d tokens"
                .formatted(
                        estimate.path("missing").asLong(),
                        estimate.path("texts").asLong(),
                        estimate.path("tokens").asLong()));
        JsonNode cost = estimate.path("cost");
        if (!cost.isNumber()) {
            sentence.append("; give --price for what that costs");
        } else if (cost.decimalValue().signum() > 0) {
            sentence.append(", about %.2f US dollars".formatted(cost.decimalValue()));
        }
        double cut = estimate.path("cut").asDouble();
        if (cut > 0) {
            sentence.append(". %.0f %% of the texts are longer than it reads; their ends are not embedded"
                    .formatted(100 * cut));
        }
        return sentence.append('.').toString();
    }

    private static void act(Api api, Then wish, String path) {
        if (wish.rollback) {
            api.post(path + "/rollback", Map.of());
        } else if (wish.end) {
            api.delete(path);
        }
    }

    private static @Nullable JsonNode last(Api api) {
        JsonNode items = api.get("/reembeddings").path("items");
        return items.isEmpty() ? null : items.get(0);
    }

    private JsonNode await(Api api, String path) throws InterruptedException {
        JsonNode move = api.get(path);
        while (AT_WORK.contains(move.path("status").asString(""))) {
            terminal.progress(bar(move));
            Thread.sleep(LOOK_EVERY_MILLIS);
            move = api.get(path);
        }
        terminal.endProgress();
        return move;
    }

    private static String bar(JsonNode move) {
        String status = status(move);
        return status.equals("building")
                ? "%,d of %,d texts embedded"
                        .formatted(
                                move.path("embedded").asLong(),
                                move.path("texts").asLong())
                : status;
    }

    private static String status(JsonNode move) {
        return move.path("status").asString("").replace('_', ' ');
    }

    private void compare(JsonNode comparison) {
        if (json) {
            System.out.println(comparison.toPrettyString());
            return;
        }
        System.out.printf(Locale.ROOT, "%-10s %10s %12s %8s%n", "", "nDCG@10", "recall@100", "MRR@10");
        for (String which : new String[] {"former", "target"}) {
            JsonNode ranking = comparison.path(which);
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %10.3f %12.3f %8.3f%n",
                    which.equals("former") ? "former" : "new",
                    ranking.path("ndcg@10").asDouble(),
                    ranking.path("recall@100").asDouble(),
                    ranking.path("mrr@10").asDouble());
        }
        System.out.printf(
                "%,d questions; another document comes first for %,d of them.%n",
                comparison.path("questions").asInt(), comparison.path("changed").asInt());
    }

    private void print(JsonNode move) {
        if (json) {
            System.out.println(move.toPrettyString());
            return;
        }
        String target = move.path("embedder").asString("");
        String former = move.path("former").asString("");
        System.out.println(
                switch (move.path("status").asString("")) {
                    case "ready" ->
                        "The index of " + target + " is complete; " + former
                                + " answers. Go on with --switch, or give it up with --end.";
                    case "switched" ->
                        terminal.good("The library is searched with " + target + ".") + " Set LECTERN_EMBEDDER="
                                + target + " for the next start. The index of " + former
                                + " is kept: --rollback goes back to it, --end deletes it.";
                    case "cancelled" -> "The index of " + target + " is deleted; " + former + " answers.";
                    case "done" -> "The index of " + former + " is deleted; " + target + " answers.";
                    default -> "It is " + status(move) + ".";
                });
        String reason = move.path("reason").asString("");
        if (!reason.isEmpty()) {
            System.err.println(terminal.bad(reason));
        }
    }
}
