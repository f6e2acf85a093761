package dev.lectern.evaluation;

import java.util.List;

/**
 * A question of somebody who knows where the answer stands.
 *
 * @param documents that answer it, by id, title, place or the name of the file; 1 or more
 */
public record JudgedQuestion(String question, List<String> documents) {
    public JudgedQuestion {
        documents = List.copyOf(documents);
    }
}
