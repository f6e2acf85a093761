package dev.lectern.cli.commands;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Formats the responses of the API as output of the command {@code collections reembed}. */
final class ReembedMessages {
    private final Terminal terminal;

    ReembedMessages(Terminal terminal) {
        this.terminal = terminal;
    }

    static String estimate(JsonNode estimate) {
        StringBuilder sentence = new StringBuilder("%,d of %,d texts must be embedded, about %,d tokens"
                .formatted(
                        estimate.path("missing").asLong(),
                        estimate.path("texts").asLong(),
                        estimate.path("tokens").asLong()));
        JsonNode cost = estimate.path("cost");
        if (!cost.isNumber()) {
            sentence.append("; specify --price to estimate the cost");
        } else if (cost.decimalValue().signum() > 0) {
            sentence.append(", about %.2f US dollars".formatted(cost.decimalValue()));
        }
        double cut = estimate.path("cut").asDouble();
        if (cut > 0) {
            sentence.append(". %.0f %% of the texts exceed the embedder's maximum length; their ends are not embedded"
                    .formatted(100 * cut));
        }
        return sentence.append('.').toString();
    }

    static String progress(JsonNode move) {
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

    /** The ranking measures of both indexes, one line each. */
    static String table(JsonNode comparison) {
        return "%-10s %10s %12s %8s%n".formatted("", "nDCG@10", "recall@100", "MRR@10")
                + line("former", comparison.path("former"))
                + line("new", comparison.path("target"))
                + "%,d questions; the first document differs for %,d of them.%n"
                        .formatted(
                                comparison.path("questions").asInt(),
                                comparison.path("changed").asInt());
    }

    private static String line(String which, JsonNode ranking) {
        return String.format(
                Locale.ROOT,
                "%-10s %10.3f %12.3f %8.3f%n",
                which,
                ranking.path("ndcg@10").asDouble(),
                ranking.path("recall@100").asDouble(),
                ranking.path("mrr@10").asDouble());
    }

    /** The status of the re-embedding and the possible next steps. */
    String outcome(JsonNode move) {
        String target = move.path("embedder").asString("");
        String former = move.path("former").asString("");
        return switch (move.path("status").asString("")) {
            case "ready" ->
                "The index of " + target + " is complete; " + former
                        + " is still active. Continue with --switch, or cancel with --end.";
            case "switched" ->
                terminal.good(target + " is the active embedder now.") + " Set LECTERN_EMBEDDER="
                        + target + " for the next start. The index of " + former
                        + " is still stored: --rollback switches back to it, --end deletes it.";
            case "cancelled" -> "The index of " + target + " is deleted; " + former + " is active.";
            case "done" -> "The index of " + former + " is deleted; " + target + " is active.";
            default -> "Status: " + status(move) + ".";
        };
    }
}
