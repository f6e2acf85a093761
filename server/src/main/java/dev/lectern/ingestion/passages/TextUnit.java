package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.text.TableContext;
import org.jspecify.annotations.Nullable;

/**
 * The smallest part of a passage, never divided between two: a sentence, a row, a list item, a piece of code, a heading.
 *
 * @param block the block that it is part of
 * @param table what a row or a header row needs from its table if a passage begins with it; null for all other text
 * @param contextTokens of what a passage repeats that begins with it; zero without
 */
record TextUnit(
        int start,
        int end,
        int tokens,
        Block block,
        @Nullable TableContext table,
        int contextTokens) {

    boolean continuesBlockOf(TextUnit before) {
        return block.equals(before.block);
    }

    /** Whether both may be in one passage: rows of tables with other columns may not, since a passage has the columns of one table. */
    boolean fitsTable(@Nullable TableContext other) {
        return table == null || other == null || table.columns().equals(other.columns());
    }

    /** Whether it is a sentence short enough to be in two passages. */
    boolean mayOverlap() {
        return block.type().isProse() && tokens <= PassageSplitter.MAX_OVERLAP_TOKENS;
    }
}
