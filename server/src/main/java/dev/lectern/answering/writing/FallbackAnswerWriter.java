package dev.lectern.answering.writing;

import dev.lectern.answering.writing.WriteResult.Incomplete;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.shared.ErrorCode;
import java.util.Set;
import java.util.function.Consumer;

/** Calls a second writer when the first one failed before it wrote any text. The answer names the model that wrote it. */
final class FallbackAnswerWriter implements AnswerWriter {
    private static final Set<ErrorCode> FALLBACK_CODES = Set.of(
            ErrorCode.MODEL_UNAVAILABLE, ErrorCode.MODEL_FAILED, ErrorCode.OVERLOADED, ErrorCode.TOO_MANY_REQUESTS);

    private final AnswerWriter first;
    private final AnswerWriter second;

    FallbackAnswerWriter(AnswerWriter first, AnswerWriter second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public WriteResult write(WriteRequest request, Consumer<String> onText) {
        WriteResult result = first.write(request, onText);
        boolean useSecond = result instanceof Incomplete incomplete
                && incomplete.text().isEmpty()
                && incomplete.code() != null
                && FALLBACK_CODES.contains(incomplete.code());
        return useSecond ? markAsFallback(second.write(request, onText)) : result;
    }

    private static WriteResult markAsFallback(WriteResult result) {
        return result instanceof Text text
                ? new Text(text.text(), text.cited(), text.model(), text.usage(), false)
                : result;
    }
}
