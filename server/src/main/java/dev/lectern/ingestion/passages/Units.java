package dev.lectern.ingestion.passages;

import dev.lectern.text.LongTextDivider;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.SentenceSplitter.LineBreaks;
import dev.lectern.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Divides blocks into units none of which has more tokens than a passage may have. */
final class Units {
    /** What has no end for this long is divided at the best place before. UTF-16 units. */
    static final int MAX_LENGTH = 1_200;

    /** Languages are detected of passages, when they are cut. */
    private static final String LANGUAGE = "und";

    private final String text;
    private final ToIntFunction<String> tokens;

    Units(String text, ToIntFunction<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** @param most tokens of a unit */
    List<Unit> of(List<Block> blocks, int most) {
        List<Unit> units = new ArrayList<>();
        Block header = null;
        int headerTokens = 0;
        for (Block block : blocks) {
            boolean row = block.kind() == Block.Kind.TABLE_ROW;
            if (block.kind() == Block.Kind.TABLE_HEADER) {
                header = block;
                headerTokens = Math.min(count(block.start(), block.end()), most / 2);
            } else if (!row) {
                header = null;
            }
            if (row && header != null) {
                add(block, header, headerTokens, most - headerTokens, units);
            } else {
                add(block, null, 0, most, units);
            }
        }
        return units;
    }

    private void add(Block block, @Nullable Block header, int headerTokens, int most, List<Unit> units) {
        Span whole = Span.trimmed(text, block.start(), block.end());
        if (whole.start() == whole.end()) {
            return;
        }
        if (block.kind() != Block.Kind.PARAGRAPH && whole.end() - whole.start() <= MAX_LENGTH * 2) {
            int count = count(whole.start(), whole.end());
            if (count <= most) {
                units.add(new Unit(whole.start(), whole.end(), count, block, header, headerTokens));
                return;
            }
        }
        List<Span> pieces = block.kind() == Block.Kind.CODE ? CodePieces.of(text, whole) : sentences(whole);
        for (Span piece : pieces) {
            addBounded(piece, block, header, headerTokens, most, units);
        }
    }

    private List<Span> sentences(Span whole) {
        return SentenceSplitter.split(text, whole, LANGUAGE, LineBreaks.CONTINUE_SENTENCE).stream()
                .flatMap(sentence -> LongTextDivider.divide(text, sentence, MAX_LENGTH).stream())
                .toList();
    }

    /** Halves what has too many tokens until no half has. */
    private void addBounded(
            Span span, Block block, @Nullable Block header, int headerTokens, int most, List<Unit> units) {
        int count = count(span.start(), span.end());
        if (count <= most || span.end() - span.start() < 2) {
            units.add(new Unit(span.start(), span.end(), count, block, header, headerTokens));
            return;
        }
        int middle = span.start() + (span.end() - span.start() + 1) / 2;
        int at = LongTextDivider.splitBefore(text, span.start(), middle);
        if (at - span.start() < (span.end() - span.start()) / 4) {
            at = Character.isLowSurrogate(text.charAt(middle)) && middle - 1 > span.start() ? middle - 1 : middle;
        }
        for (Span half : List.of(Span.trimmed(text, span.start(), at), Span.trimmed(text, at, span.end()))) {
            if (half.end() > half.start()) {
                addBounded(half, block, header, headerTokens, most, units);
            }
        }
    }

    private int count(int start, int end) {
        return Math.max(1, tokens.applyAsInt(text.substring(start, end)));
    }
}
