package dev.lectern.cli.commands;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says in one sentence each how an answer came to be, where it is not what one would expect. */
final class AnswerNotes {
    private AnswerNotes() {}

    /** @param answer as the API sends it */
    static List<String> of(JsonNode answer) {
        List<String> notes = new ArrayList<>(2);
        JsonNode fallback = answer.path("fallback");
        if (fallback.isObject()) {
            String model = answer.path("model").asString("");
            notes.add("Answered by " + (model.isEmpty() || model.equals("extractive") ? "quotation" : model)
                    + ", since " + fallback.path("from").asString("the model") + " "
                    + failure(fallback.path("reason").asString("")) + ".");
        }
        String truncated = answer.path("truncated").asString("");
        if (!truncated.isEmpty()) {
            notes.add("The answer was cut off: " + cut(truncated) + ".");
        }
        return notes;
    }

    private static String failure(String reason) {
        return switch (reason) {
            case "model_unavailable" -> "could not be reached";
            case "model_failed" -> "returned an error";
            case "overloaded" -> "was busy";
            case "rate_limited" -> "limits the rate of questions";
            case "deadline" -> "did not answer in time";
            case "filter" -> "withheld its answer";
            case "length" -> "wrote no text within its length limit";
            default -> "did not answer";
        };
    }

    private static String cut(String reason) {
        return switch (reason) {
            case "length" -> "the model reached its length limit";
            case "filter" -> "the model withheld the rest";
            case "too_long" -> "it reached the maximum length of an answer";
            case "deadline" -> "its time was over";
            default -> "the model stopped early";
        };
    }
}
