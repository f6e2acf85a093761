package dev.lectern.models;

import java.util.List;

/**
 * A prompt.
 *
 * @param purpose what it is for, in the ledger and the metrics: {@code answer}, {@code rewrite} …
 * @param system instructions
 * @param turns alternating, the last one is the reader's
 * @param maxOutputTokens 1 to 65,536
 */
public record ChatRequest(String purpose, String system, List<Turn> turns, int maxOutputTokens) {
    public enum Role {
        READER,
        MODEL
    }

    public record Turn(Role role, String text) {}

    public ChatRequest {
        turns = List.copyOf(turns);
    }
}
