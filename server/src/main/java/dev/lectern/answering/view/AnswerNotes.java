package dev.lectern.answering.view;

import dev.lectern.models.ModelFallback;
import dev.lectern.models.Quoter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one sentence each how an answer came to be, where it is not what the reader would expect. */
final class AnswerNotes {
    private AnswerNotes() {}

    static List<String> of(AnswerJson answer) {
        List<String> notes = new ArrayList<>(2);
        ModelFallback fallback = answer.fallback();
        if (fallback != null) {
            notes.add(fallbackNote(fallback, answer.model()));
        }
        String truncated = answer.truncated();
        if (truncated != null) {
            notes.add("The answer was cut off: " + cause(truncated) + ".");
        }
        return notes;
    }

    private static String fallbackNote(ModelFallback fallback, @Nullable String model) {
        String by = model == null || model.equals(Quoter.NAME) ? "by quotation" : "by " + model;
        return "Answered " + by + ", since the model " + fallback.from() + " did not answer ("
                + fallback.reason().replace('_', ' ') + ").";
    }

    private static String cause(String truncated) {
        return switch (truncated) {
            case "length" -> "the model reached its length limit";
            case "too_long" -> "it reached the maximum length of an answer";
            case "filter" -> "the content filter of the model service withheld the rest";
            case "deadline" -> "the time for an answer was over";
            default -> "the model stopped early";
        };
    }
}
