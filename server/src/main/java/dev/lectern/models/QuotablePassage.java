package dev.lectern.models;

import dev.lectern.text.TableContext;
import org.jspecify.annotations.Nullable;

/**
 * A passage that may be quoted.
 *
 * @param number of its citation, from 1; unique within a call
 * @param title of the document with its headings, for the context of a sentence; may be empty
 * @param text quotes are spans of it
 * @param language ISO 639-1, or {@code und}
 * @param table what its rows need of their table; null for a passage without rows
 * @param score of the retrieval, 0 to 1
 */
public record QuotablePassage(
        int number,
        String title,
        String text,
        String language,
        @Nullable TableContext table,
        double score) {

    /** A passage without rows. */
    public QuotablePassage(int number, String title, String text, String language, double score) {
        this(number, title, text, language, null, score);
    }
}
