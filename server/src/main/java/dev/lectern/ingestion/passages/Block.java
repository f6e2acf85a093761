package dev.lectern.ingestion.passages;

import org.jspecify.annotations.Nullable;

/**
 * A part of a document's text that is one unit in its file, such as a paragraph.
 *
 * @param start in the document's text, UTF-16 units
 * @param end exclusive, greater than start
 * @param level of a heading from 1 (top) to 9, of a list item from 1 (outermost); 0 for everything else
 * @param page where it begins (page, slide or sheet), from 1; null where the format has none
 */
public record Block(
        Type type, int start, int end, int level, @Nullable Integer page) {

    /** The type of a block in its file. */
    public enum Type {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        /** The names of the columns of the rows that follow. */
        TABLE_HEADER,
        TABLE_ROW,
        /** With its line breaks and indentation. */
        CODE
    }

    /** The text of the block. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
