package dev.lectern.answering;

import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;

/** What counts as a question. */
public final class QuestionValidator {
    private QuestionValidator() {}

    /**
     * The question without the spaces around it.
     *
     * @param field of the request, for the error
     * @throws LecternException {@code INVALID_REQUEST} unless it has 1 to 4,000 characters
     */
    public static String checked(@Nullable String question, String field) {
        String text = question == null ? "" : question.strip();
        if (text.isEmpty()) {
            throw LecternException.invalid(field, "Write a question.");
        }
        if (text.length() > Answers.MAX_QUESTION) {
            throw LecternException.invalid(
                    field,
                    "A question has at most 4,000 characters, this one has " + text.length()
                            + ". Shorten it, or add long texts as documents.");
        }
        return text;
    }
}
