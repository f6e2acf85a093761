package dev.lectern.answering.writing;

import dev.lectern.answering.writing.WriteResult.Incomplete;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Calls a second writer when the first one failed before it wrote any text, and says so in the result. The first writer gets a little less time, so that
 * the second one can still answer when the first one writes nothing until its deadline.
 */
final class FallbackAnswerWriter implements AnswerWriter {
    private static final Set<ErrorCode> FALLBACK_CODES = Set.of(
            ErrorCode.MODEL_UNAVAILABLE,
            ErrorCode.MODEL_FAILED,
            ErrorCode.OVERLOADED,
            ErrorCode.TOO_MANY_REQUESTS,
            ErrorCode.DEADLINE_EXCEEDED);
    /** Reserved for the second writer, but at most a quarter of the time. */
    private static final Duration RESERVE = Duration.ofSeconds(5);

    private final AnswerWriter first;
    private final String model;
    private final AnswerWriter second;
    private final InstantSource clock;

    /** @param model configured name of the model that the first writer calls */
    FallbackAnswerWriter(AnswerWriter first, String model, AnswerWriter second, InstantSource clock) {
        this.first = first;
        this.model = model;
        this.second = second;
        this.clock = clock;
    }

    @Override
    public WriteResult write(WriteRequest request, Consumer<String> onText) {
        WriteResult result = first.write(request.withDeadline(withoutReserve(request.deadline())), onText);
        if (result instanceof Incomplete incomplete
                && incomplete.text().isBlank()
                && incomplete.code() != null
                && FALLBACK_CODES.contains(incomplete.code())) {
            return markAsFallback(second.write(request, onText), incomplete);
        }
        return result;
    }

    private Deadline withoutReserve(Deadline deadline) {
        Duration remaining = deadline.remaining(clock);
        Duration quarter = remaining.dividedBy(4);
        return deadline.atMost(remaining.minus(quarter.compareTo(RESERVE) < 0 ? quarter : RESERVE), clock);
    }

    private WriteResult markAsFallback(WriteResult result, Incomplete failed) {
        ModelFallback fallback =
                new ModelFallback(model, Objects.requireNonNullElse(failed.fallbackReason(), "model_failed"));
        return switch (result) {
            case Text text ->
                new Text(
                        text.text(),
                        text.cited(),
                        text.model(),
                        text.usage().plus(failed.usage()),
                        fallback,
                        text.truncated());
            case NotAnswered none -> new NotAnswered(none.model(), none.usage().plus(failed.usage()), fallback);
            case Incomplete incomplete -> incomplete;
        };
    }
}
