package dev.lectern.ingestion.passages;

import dev.lectern.library.update.TitleSource;
import java.util.List;

/**
 * What a reader sees of a document, and how it is built.
 *
 * @param title one line, never blank
 * @param titleSource where the title came from
 * @param text everything that was read; blocks are parted by line breaks
 * @param blocks in the order of the text and without overlap; every character outside them is white space
 */
public record ParsedDocument(String title, TitleSource titleSource, String text, List<Block> blocks) {
    public ParsedDocument {
        // The one character that PostgreSQL keeps in no text; the offsets stay what they are.
        title = title.replace('\0', '\uFFFD');
        text = text.replace('\0', '\uFFFD');
        blocks = List.copyOf(blocks);
    }

    /** A document whose title is part of its content. */
    public ParsedDocument(String title, String text, List<Block> blocks) {
        this(title, TitleSource.CONTENT, text, blocks);
    }
}
