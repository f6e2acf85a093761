package dev.lectern.answering.writing;

import dev.lectern.answering.writing.WriteResult.Broken;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.shared.ErrorCode;
import java.util.Set;
import java.util.function.Consumer;

/** Quotes when the model cannot be reached and has not written anything yet. The answer says that it is quoted. */
public final class FallbackAnswerWriter implements AnswerWriter {
    private static final Set<ErrorCode> ANOTHER_MAY_DO = Set.of(
            ErrorCode.MODEL_UNAVAILABLE, ErrorCode.MODEL_FAILED, ErrorCode.OVERLOADED, ErrorCode.TOO_MANY_REQUESTS);

    private final AnswerWriter first;
    private final AnswerWriter second;

    public FallbackAnswerWriter(AnswerWriter first, AnswerWriter second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public WriteResult write(WriteRequest writeRequest, Consumer<String> onText) {
        WriteResult writeResult = first.write(writeRequest, onText);
        boolean useSecond = writeResult instanceof Broken broken
                && broken.text().isEmpty()
                && broken.code() != null
                && ANOTHER_MAY_DO.contains(broken.code());
        return useSecond ? steppedIn(second.write(writeRequest, onText)) : writeResult;
    }

    private static WriteResult steppedIn(WriteResult writeResult) {
        return writeResult instanceof Text text
                ? new Text(text.text(), text.cited(), text.model(), text.usage(), false)
                : writeResult;
    }
}
