package dev.lectern.models;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Locale;

/**
 * Says that another model, or quotation, stepped in for the model that should have answered.
 *
 * @param from configured name of the model that should have answered, such as {@code openai:gpt-5-mini}
 * @param reason why it did not, a stable code: {@value #RATE_LIMITED}, {@value #DEADLINE}, {@value #FILTER}, {@value #LENGTH}, or the lower-case name of an
 *     {@link ErrorCode}, such as {@code model_unavailable}, {@code model_failed} or {@code overloaded}
 */
public record ModelFallback(String from, String reason) {
    /** The service limits the rate of calls. */
    public static final String RATE_LIMITED = "rate_limited";
    /** The model wrote nothing before its deadline, or within its limit for the first token. */
    public static final String DEADLINE = "deadline";
    /** The service withheld the whole reply. */
    public static final String FILTER = "filter";
    /** The model used up its tokens before it wrote any text, or thought and wrote nothing. */
    public static final String LENGTH = "length";

    /** The code of a failure. */
    public static String reasonOf(LecternException failure) {
        if (failure instanceof ModelCallException call) {
            if (call.isTimeout()) {
                return DEADLINE;
            }
            if (call.reason() == ModelCallException.Reason.RATE_LIMITED) {
                return RATE_LIMITED;
            }
            if (call.reason() == ModelCallException.Reason.THOUGHTS_ONLY) {
                return LENGTH;
            }
        }
        return switch (failure.code()) {
            case DEADLINE_EXCEEDED -> DEADLINE;
            case TOO_MANY_REQUESTS -> RATE_LIMITED;
            default -> failure.code().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The code of a reply without any text. */
    public static String reasonOf(ChatReply.Finish finish) {
        return switch (finish) {
            case LENGTH -> LENGTH;
            case FILTERED -> FILTER;
            case COMPLETE, CANCELLED, OTHER -> ErrorCode.MODEL_FAILED.name().toLowerCase(Locale.ROOT);
        };
    }
}
