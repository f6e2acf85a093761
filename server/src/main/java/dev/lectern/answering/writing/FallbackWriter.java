package dev.lectern.answering.writing;

import dev.lectern.answering.writing.Written.Broken;
import dev.lectern.answering.writing.Written.Text;
import dev.lectern.shared.ErrorCode;
import java.util.Set;
import java.util.function.Consumer;

/** Quotes when the model cannot be reached and has not written anything yet. The answer says that it is quoted. */
public final class FallbackWriter implements Writer {
    private static final Set<ErrorCode> ANOTHER_MAY_DO = Set.of(
            ErrorCode.MODEL_UNAVAILABLE, ErrorCode.MODEL_FAILED, ErrorCode.OVERLOADED, ErrorCode.TOO_MANY_REQUESTS);

    private final Writer first;
    private final Writer second;

    public FallbackWriter(Writer first, Writer second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Written write(Task task, Consumer<String> onText) {
        Written written = first.write(task, onText);
        boolean useSecond = written instanceof Broken broken
                && broken.text().isEmpty()
                && broken.code() != null
                && ANOTHER_MAY_DO.contains(broken.code());
        return useSecond ? steppedIn(second.write(task, onText)) : written;
    }

    private static Written steppedIn(Written written) {
        return written instanceof Text text
                ? new Text(text.text(), text.cited(), text.model(), text.usage(), false)
                : written;
    }
}
