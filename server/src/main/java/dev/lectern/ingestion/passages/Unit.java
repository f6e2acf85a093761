package dev.lectern.ingestion.passages;

import org.jspecify.annotations.Nullable;

/**
 * What is never divided between two passages: a sentence, a row, a list item, a piece of code, a heading.
 *
 * @param block the block that it is part of
 * @param header of the table that the row belongs to
 * @param headerTokens zero without a header
 */
record Unit(
        int start,
        int end,
        int tokens,
        Block block,
        @Nullable Block header,
        int headerTokens) {

    boolean continuesBlockOf(Unit before) {
        return block.equals(before.block);
    }

    /** A sentence short enough to be said twice. */
    boolean mayOverlap() {
        return block.kind() == Block.Kind.PARAGRAPH && tokens <= PassageCutter.MAX_OVERLAP_TOKENS;
    }
}
