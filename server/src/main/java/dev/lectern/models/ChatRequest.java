package dev.lectern.models;

import dev.lectern.text.TokenEstimator;
import java.util.List;

/**
 * A prompt.
 *
 * @param purpose what it is for, in the ledger
 * @param system instructions
 * @param turns alternating, the last one is the reader's
 * @param maxOutputTokens 1 to 65,536
 */
public record ChatRequest(Purpose purpose, String system, List<Turn> turns, int maxOutputTokens) {
    /** What a prompt is for. */
    public enum Purpose {
        ANSWER,
        REWRITE,
        TITLE
    }

    public enum Role {
        READER,
        MODEL
    }

    public record Turn(Role role, String text) {}

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
