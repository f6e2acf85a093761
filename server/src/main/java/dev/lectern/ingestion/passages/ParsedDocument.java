package dev.lectern.ingestion.passages;

import java.util.List;

/**
 * What a reader sees of a document, and how it is built.
 *
 * @param title one line, never blank
 * @param text everything that was read; blocks are parted by line breaks
 * @param blocks in the order of the text and without overlap; every character outside them is white space
 */
public record ParsedDocument(String title, String text, List<Block> blocks) {
    public ParsedDocument {
        blocks = List.copyOf(blocks);
    }
}
