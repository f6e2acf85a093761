package dev.lectern.answering.turn;

import dev.lectern.answering.PastExchange;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ReadableCollections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a turn is to answer.
 *
 * @param answer the id that the answer will have
 * @param text 1 to 4,000 characters
 * @param history past turns, oldest first
 * @param collections that are searched
 * @param generations of the collections, read after it was asked; null when nobody has read them yet
 * @param anew whether an answer that was given before is not wanted
 */
public record TurnRequest(
        MessageId answer,
        String text,
        List<PastExchange> history,
        ReadableCollections collections,
        Deadline deadline,
        @Nullable Map<CollectionId, Long> generations,
        boolean anew) {
    public TurnRequest {
        history = List.copyOf(history);
    }

    /** One that may be answered as it was before. */
    public TurnRequest(
            MessageId answer, String text, List<PastExchange> history, ReadableCollections collections, Deadline deadline) {
        this(answer, text, history, collections, deadline, null, false);
    }
}
