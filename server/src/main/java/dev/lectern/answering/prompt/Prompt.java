package dev.lectern.answering.prompt;

import dev.lectern.models.ChatRequest;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param given the passages that are in it, those that had no room left out
 */
public record Prompt(ChatRequest request, List<NumberedPassage> given) {
    public Prompt {
        given = List.copyOf(given);
    }
}
