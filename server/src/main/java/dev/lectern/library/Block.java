package dev.lectern.library;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document's text that is one unit in its file, such as a paragraph.
 *
 * @param start in the document's text, UTF-16 units
 * @param end exclusive, greater than start
 * @param level of a heading from 1 (top) to 9, of a list item from 1 (outermost); 0 for everything else
 * @param page where it begins (page, slide or sheet), from 1; null where the format has none
 * @param marks what is special about it; mostly empty
 * @param confidence of text that was recognised in a picture, in percent from 0 to 100; null for all other text and where it is not known
 */
public record Block(
        Type type,
        int start,
        int end,
        int level,
        @Nullable Integer page,
        Set<Mark> marks,
        @Nullable Integer confidence) {
    public Block {
        marks = marks.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(marks));
    }

    /** A block without marks. */
    public Block(Type type, int start, int end, int level, @Nullable Integer page) {
        this(type, start, end, level, page, Set.of(), null);
    }

    /** The type of a block in its file. New types come last: their order is part of messages between processes. */
    public enum Type {
        HEADING,
        PARAGRAPH,
        LIST_ITEM,
        /** The names of the columns of the rows that follow. A table may have several in a row. */
        TABLE_HEADER,
        /** Its cells are parted by " | "; the value of a merged cell is repeated in each row and column that it covers. */
        TABLE_ROW,
        /** With its line breaks and indentation. */
        CODE,
        /** What somebody else has said. */
        QUOTE,
        /** Of mathematics, as TeX where the file has it. */
        FORMULA,
        /** Beside the text, not part of it; a {@link Mark} says which kind. */
        NOTE,
        /** The title or legend of the table or picture that it is next to. */
        CAPTION,
        /** What each page repeats, such as its header and footer; once in the text, where it is first found. */
        FURNITURE;

        /** Whether it is made of sentences, between which it can be divided. */
        public boolean isProse() {
            return switch (this) {
                case PARAGRAPH, QUOTE, NOTE, CAPTION, FURNITURE -> true;
                case HEADING, LIST_ITEM, TABLE_HEADER, TABLE_ROW, CODE, FORMULA -> false;
            };
        }

        public boolean isTable() {
            return this == TABLE_HEADER || this == TABLE_ROW;
        }
    }

    /** What is special about a block. New marks come last. */
    public enum Mark {
        SPEAKER_NOTE,
        COMMENT,
        /** At the end of a page or of the text. */
        FOOTNOTE,
        HEADER,
        FOOTER,
        PAGE_NUMBER,
        /** Its sheet, slide, row or column is hidden in the file, but it is part of the text. */
        HIDDEN,
        /** It was recognised in a picture. */
        OCR
    }

    /** The text of the block. */
    public String in(String text) {
        return text.substring(start, end);
    }
}
