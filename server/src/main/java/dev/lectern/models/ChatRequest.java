package dev.lectern.models;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.text.TokenEstimator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt.
 *
 * @param context recorded in the usage ledger
 * @param system the system prompt
 * @param turns alternate between reader and model; the last one is from the reader
 * @param maxOutputTokens of the text; models get more for their thoughts. 1 to 65,536
 * @param firstTextBy when the call fails if the model wrote no text, since another model is to be tried; null for the limit of the model alone
 */
public record ChatRequest(
        ModelCallContext context,
        String system,
        List<Message> turns,
        int maxOutputTokens,
        @Nullable Deadline firstTextBy) {
    public enum Role {
        READER,
        MODEL
    }

    public record Message(Role role, String text) {}

    public ChatRequest {
        turns = List.copyOf(turns);
    }

    /** A request with the limits of the model. */
    public ChatRequest(ModelCallContext context, String system, List<Message> turns, int maxOutputTokens) {
        this(context, system, turns, maxOutputTokens, null);
    }

    /** The same request, which fails earlier if nothing is written. */
    public ChatRequest withFirstTextBy(Deadline limit) {
        return new ChatRequest(context, system, turns, maxOutputTokens, limit);
    }

    /** Tokens of the instructions and turns, where the model does not count them. */
    public int estimateTokens() {
        return TokenEstimator.of(system)
                + turns.stream()
                        .mapToInt(turn -> TokenEstimator.of(turn.text()))
                        .sum();
    }
}
