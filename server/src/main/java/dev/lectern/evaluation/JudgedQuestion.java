package dev.lectern.evaluation;

import java.util.List;

/**
 * A question with the documents that answer it.
 *
 * @param documents that answer it, by id, title, location or file name; 1 or more
 */
public record JudgedQuestion(String question, List<String> documents) {
    public JudgedQuestion {
        documents = List.copyOf(documents);
    }
}
