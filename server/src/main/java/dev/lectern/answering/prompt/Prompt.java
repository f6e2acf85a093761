package dev.lectern.answering.prompt;

import dev.lectern.models.ChatRequest;
import java.util.List;

/**
 * The request to a chat model, with the passages that it contains.
 *
 * @param given the passages in the prompt, without those that did not fit into the token budget
 */
public record Prompt(ChatRequest request, List<NumberedPassage> given) {
    public Prompt {
        given = List.copyOf(given);
    }
}
