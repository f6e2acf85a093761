package dev.lectern.answering.writing;

import dev.lectern.answering.PastExchange;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The question and the passages for an answer.
 *
 * @param question as the reader asked it
 * @param standalone the question rewritten to be understood without the conversation
 * @param passages best first, at least one
 * @param weakEvidence whether the search rates the passages as too weak; only for writers that judge the evidence themselves
 * @param context of the answer, for the usage ledger
 * @param onModelCall receives the duration of each model call
 */
public record WriteRequest(
        String question,
        String standalone,
        List<PastExchange> history,
        List<NumberedPassage> passages,
        boolean weakEvidence,
        Cancellation cancellation,
        Deadline deadline,
        ModelCallContext context,
        Consumer<Duration> onModelCall) {
    public WriteRequest {
        history = List.copyOf(history);
        passages = List.copyOf(passages);
    }

    /** The same request with less time. */
    WriteRequest withDeadline(Deadline earlier) {
        return new WriteRequest(
                question, standalone, history, passages, weakEvidence, cancellation, earlier, context, onModelCall);
    }

    /** Calls a model and reports the duration. */
    <T extends @Nullable Object> T timeModel(Supplier<T> model) {
        long begun = System.nanoTime();
        try {
            return model.get();
        } finally {
            onModelCall.accept(Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
