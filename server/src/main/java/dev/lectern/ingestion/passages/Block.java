package dev.lectern.ingestion.passages;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a document's text that was one thing in the file.
 *
 * @param start in the document's text, UTF-16 units
 * @param end exclusive, greater than start
 * @param level of a heading from 1 (top) to 9, of a list item from 1 (outermost); 0 for everything else
 * @param page where it begins (page, slide or sheet), from 1; null where the format has none
 */
public record Block(
        Kind kind, int start, int end, int level, @Nullable Integer page) {

    /** What a block was in its file. */
    public enum Kind {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        /** The names of the columns of the rows that follow. */
        TABLE_HEADER,
        TABLE_ROW,
        /** Kept with its line breaks and indentation. */
        CODE
    }

    /** Its own text. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
