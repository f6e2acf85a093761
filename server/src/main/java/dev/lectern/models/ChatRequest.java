package dev.lectern.models;

import dev.lectern.shared.ModelCallContext;
import dev.lectern.text.TokenEstimator;
import java.util.List;

/**
 * A prompt.
 *
 * @param context recorded in the usage ledger
 * @param system the system prompt
 * @param turns alternate between reader and model; the last one is from the reader
 * @param maxOutputTokens 1 to 65,536
 */
public record ChatRequest(ModelCallContext context, String system, List<Message> turns, int maxOutputTokens) {
    public enum Role {
        READER,
        MODEL
    }

    public record Message(Role role, String text) {}

    public ChatRequest {
        turns = List.copyOf(turns);
    }

    /** Tokens of the instructions and turns, where the model does not count them. */
    public int estimateTokens() {
        return TokenEstimator.of(system)
                + turns.stream()
                        .mapToInt(turn -> TokenEstimator.of(turn.text()))
                        .sum();
    }
}
