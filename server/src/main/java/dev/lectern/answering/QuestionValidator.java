package dev.lectern.answering;

import dev.lectern.shared.LecternException;
import dev.lectern.text.VisibleText;
import org.jspecify.annotations.Nullable;

/** Checks the text of questions. */
public final class QuestionValidator {
    /** Maximum length of a question in characters (UTF-16 units). */
    public static final int MAX_LENGTH = 4_000;

    private QuestionValidator() {}

    /**
     * Returns the question without surrounding white space.
     *
     * @param field name of the request field, for the error
     * @throws LecternException {@code INVALID_REQUEST} unless it has 1 to 4,000 characters
     */
    public static String validate(@Nullable String question, String field) {
        String text = question == null ? "" : question.strip();
        if (VisibleText.isBlank(text)) {
            throw LecternException.invalid(field, "The question is empty. Write a question.");
        }
        if (text.length() > MAX_LENGTH) {
            throw LecternException.invalid(
                    field,
                    "A question has at most 4,000 characters, this one has " + text.length()
                            + ". Shorten it, or add long texts as documents.");
        }
        return text;
    }
}
