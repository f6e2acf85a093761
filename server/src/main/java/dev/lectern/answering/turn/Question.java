package dev.lectern.answering.turn;

import dev.lectern.answering.Exchange;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ReadableCollections;
import java.util.List;

/**
 * What a turn is to answer.
 *
 * @param answer the id that the answer will have
 * @param text 1 to 4,000 characters
 * @param history past turns, oldest first
 * @param collections that are searched
 */
public record Question(
        MessageId answer, String text, List<Exchange> history, ReadableCollections collections, Deadline deadline) {
    public Question {
        history = List.copyOf(history);
    }
}
