package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import org.jspecify.annotations.Nullable;

/**
 * The smallest part of a passage, never divided between two: a sentence, a row, a list item, a piece of code, a heading.
 *
 * @param block the block that it is part of
 * @param header of the table that the row belongs to
 * @param headerTokens zero without a header
 */
record TextUnit(
        int start,
        int end,
        int tokens,
        Block block,
        @Nullable Block header,
        int headerTokens) {

    boolean continuesBlockOf(TextUnit before) {
        return block.equals(before.block);
    }

    /** Whether it is a sentence short enough to be in two passages. */
    boolean mayOverlap() {
        return block.type().isProse() && tokens <= PassageSplitter.MAX_OVERLAP_TOKENS;
    }
}
