package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.text.LongTextDivider;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.SentenceSplitter.LineBreaks;
import dev.lectern.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Splits blocks into units, none of which has more tokens than a passage may have. */
final class TextUnitSplitter {
    /** What has no end for this long is divided at the best place before. UTF-16 units. */
    static final int MAX_LENGTH = 1_200;

    /** Languages are detected of passages, when they are cut. */
    private static final String LANGUAGE = "und";

    private final String text;
    private final ToIntFunction<String> tokens;

    TextUnitSplitter(String text, ToIntFunction<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** @param maxTokens of a unit */
    List<TextUnit> split(List<Block> blocks, int maxTokens) {
        List<TextUnit> units = new ArrayList<>();
        Block header = null;
        int headerTokens = 0;
        for (Block block : blocks) {
            boolean row = block.type() == Block.Type.TABLE_ROW;
            if (block.type() == Block.Type.TABLE_HEADER) {
                header = block;
                headerTokens = Math.min(count(block.start(), block.end()), maxTokens / 2);
            } else if (!row) {
                header = null;
            }
            if (row && header != null) {
                add(block, header, headerTokens, maxTokens - headerTokens, units);
            } else {
                add(block, null, 0, maxTokens, units);
            }
        }
        return units;
    }

    private void add(Block block, @Nullable Block header, int headerTokens, int maxTokens, List<TextUnit> units) {
        Span whole = Span.trimmed(text, block.start(), block.end());
        if (whole.start() == whole.end()) {
            return;
        }
        if (!block.type().isProse() && whole.end() - whole.start() <= MAX_LENGTH * 2) {
            int count = count(whole.start(), whole.end());
            if (count <= maxTokens) {
                units.add(new TextUnit(whole.start(), whole.end(), count, block, header, headerTokens));
                return;
            }
        }
        List<Span> pieces = block.type() == Block.Type.CODE ? CodeSplitter.split(text, whole) : sentences(whole);
        for (Span piece : pieces) {
            addBounded(piece, block, header, headerTokens, maxTokens, units);
        }
    }

    private List<Span> sentences(Span whole) {
        return SentenceSplitter.split(text, whole, LANGUAGE, LineBreaks.CONTINUE_SENTENCE).stream()
                .flatMap(sentence -> LongTextDivider.divide(text, sentence, MAX_LENGTH).stream())
                .toList();
    }

    /** Halves a span until no half has too many tokens. */
    private void addBounded(
            Span span, Block block, @Nullable Block header, int headerTokens, int maxTokens, List<TextUnit> units) {
        int count = count(span.start(), span.end());
        if (count <= maxTokens || span.end() - span.start() < 2) {
            units.add(new TextUnit(span.start(), span.end(), count, block, header, headerTokens));
            return;
        }
        int middle = span.start() + (span.end() - span.start() + 1) / 2;
        int at = LongTextDivider.splitBefore(text, span.start(), middle);
        if (at - span.start() < (span.end() - span.start()) / 4) {
            at = Character.isLowSurrogate(text.charAt(middle)) && middle - 1 > span.start() ? middle - 1 : middle;
        }
        for (Span half : List.of(Span.trimmed(text, span.start(), at), Span.trimmed(text, at, span.end()))) {
            if (half.end() > half.start()) {
                addBounded(half, block, header, headerTokens, maxTokens, units);
            }
        }
    }

    private int count(int start, int end) {
        return Math.max(1, tokens.applyAsInt(text.substring(start, end)));
    }
}
