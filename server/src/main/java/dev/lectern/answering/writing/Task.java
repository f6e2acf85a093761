package dev.lectern.answering.writing;

import dev.lectern.answering.Exchange;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.List;

/**
 * What is to be written.
 *
 * @param question as it was asked
 * @param standalone the same, made self-contained
 * @param passages best first, at least one
 * @param weak whether the search thinks that they cannot answer; only a writer that judges for itself gets such
 */
public record Task(
        String question,
        String standalone,
        List<Exchange> history,
        List<NumberedPassage> passages,
        boolean weak,
        Cancellation cancellation,
        Deadline deadline) {
    public Task {
        history = List.copyOf(history);
        passages = List.copyOf(passages);
    }
}
