package dev.lectern.answering.writing;

import dev.lectern.answering.PastExchange;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written.
 *
 * @param question as it was asked
 * @param standalone the same, made self-contained
 * @param passages best first, at least one
 * @param weak whether the search thinks that they cannot answer; only a writer that judges for itself gets such
 * @param onModel is told how long a model took, once for each that was asked
 */
public record WriteRequest(
        String question,
        String standalone,
        List<PastExchange> history,
        List<NumberedPassage> passages,
        boolean weak,
        Cancellation cancellation,
        Deadline deadline,
        Consumer<Duration> onModel) {
    public WriteRequest {
        history = List.copyOf(history);
        passages = List.copyOf(passages);
    }

    /** Asks a model and tells how long it took. */
    <T extends @Nullable Object> T timed(Supplier<T> model) {
        long begun = System.nanoTime();
        try {
            return model.get();
        } finally {
            onModel.accept(Duration.ofNanos(System.nanoTime() - begun));
        }
    }
}
