package dev.lectern.models;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    /** The model wrote nothing before its deadline. */
    public static final String DEADLINE = "deadline";
    /** The service withheld the whole reply. */
    public static final String FILTER = "filter";
    /** The model used up its tokens before it wrote any text. */
    public static final String LENGTH = "length";

    /** The code of a failure. */
    public static String reasonOf(LecternException failure) {
        if (failure instanceof ModelCallException call && call.reason() == ModelCallException.Reason.RATE_LIMITED) {
            return RATE_LIMITED;
        }
        return switch (failure.code()) {
            case DEADLINE_EXCEEDED -> DEADLINE;
            case TOO_MANY_REQUESTS -> RATE_LIMITED;
            default -> failure.code().name().toLowerCase(Locale.ROOT);
        };
    }

    /** The code of a reply without any text; null for a reply that was complete. */
    public static @Nullable String reasonOf(ChatReply.Finish finish) {
        return switch (finish) {
            case LENGTH -> LENGTH;
            case FILTERED -> FILTER;
            case COMPLETE, CANCELLED, OTHER -> null;
        };
    }
}
