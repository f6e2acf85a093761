package dev.lectern.ingestion.passages;

import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.text.LongTextDivider;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.SentenceSplitter.LineBreaks;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Splits blocks into units, none of which has more tokens than a passage may have. */
final class TextUnitSplitter {
    /** What has no end for this long is divided at the best place before. UTF-16 units. */
    static final int MAX_LENGTH = 1_200;

    /** Languages are detected of passages, when they are cut. */
    private static final String LANGUAGE = "und";

    /** Kept for the kind of note in the headings. */
    private static final int NOTE_TOKENS = 6;

    /** Kept for the label of the row in pieces of a long row. */
    private static final int LABEL_TOKENS = 16;

    private final String text;
    private final ToIntFunction<String> tokens;
    private final Map<String, Integer> contextSizes = new HashMap<>();

    TextUnitSplitter(String text, ToIntFunction<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** @param maxTokens of a unit with what is repeated of its table */
    List<TextUnit> split(List<Block> blocks, int maxTokens) {
        List<TextUnit> units = new ArrayList<>();
        Map<Integer, TableContext> tables = TableTracker.track(text, blocks);
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            TableContext table = tables.get(i);
            Span whole = Span.trimmed(text, block.start(), block.end());
            if (whole.isEmpty() || block.marks().contains(Mark.PAGE_NUMBER)) {
                continue;
            }
            if (block.type() == Block.Type.TABLE_ROW && table != null) {
                addRow(block, whole, table, maxTokens, units);
            } else {
                add(block, whole, table == null ? null : fit(table, whole, maxTokens / 2), maxTokens, units);
            }
        }
        return units;
    }

    private void addRow(Block block, Span row, TableContext whole, int maxTokens, List<TextUnit> units) {
        TableContext table = fit(whole, row, maxTokens / 2);
        int context = contextTokens(table, row);
        if (row.length() <= MAX_LENGTH * 2) {
            int count = count(row.start(), row.end());
            if (count <= maxTokens - context) {
                units.add(new TextUnit(row.start(), row.end(), count, block, table, context));
                return;
            }
        }
        int most = Math.max(1, maxTokens - context - LABEL_TOKENS);
        RowSplitter splitter = new RowSplitter(
                text,
                span -> count(span.start(), span.end()),
                cell -> bounded(sentences(cell), most).stream().map(Counted::span).toList());
        for (RowSplitter.Piece piece : splitter.split(row, table, most)) {
            Span span = piece.span();
            int count = count(span.start(), span.end());
            TableContext fitting = fit(piece.context(), span, maxTokens - count);
            units.add(new TextUnit(span.start(), span.end(), count, block, fitting, contextTokens(fitting, span)));
        }
    }

    /** Shortens what is repeated until text of the row fits beside it: names of columns are what is needed most. */
    private TableContext fit(TableContext table, Span span, int maxTokens) {
        TableContext fitting = table;
        for (int step = 0; contextTokens(fitting, span) > maxTokens; step++) {
            if (step == TableContext.SHORTER_FORMS) {
                return new TableContext("", "", "", "");
            }
            fitting = fitting.shorter(step);
        }
        return fitting;
    }

    private int contextTokens(TableContext table, Span span) {
        List<String> lines = table.lines(span.in(text));
        return lines.isEmpty()
                ? 0
                : contextSizes.computeIfAbsent(String.join("\n", lines), context -> Math.max(1, tokens.applyAsInt(context)));
    }

    private void add(
            Block block, Span whole, @Nullable TableContext table, int maxTokens, List<TextUnit> units) {
        int context = block.type() == Block.Type.NOTE ? NOTE_TOKENS : table == null ? 0 : contextTokens(table, whole);
        int most = maxTokens - context;
        if (!block.type().isProse() && whole.length() <= MAX_LENGTH * 2) {
            int count = count(whole.start(), whole.end());
            if (count <= most) {
                units.add(new TextUnit(whole.start(), whole.end(), count, block, table, context));
                return;
            }
        }
        List<Span> pieces = block.type() == Block.Type.CODE ? CodeSplitter.split(text, whole) : sentences(whole);
        // Pieces of a header row that is too long for a passage are text like any other.
        int repeated = table == null ? context : 0;
        for (Counted piece : bounded(pieces, most)) {
            units.add(new TextUnit(piece.span().start(), piece.span().end(), piece.tokens(), block, null, repeated));
        }
    }

    private List<Span> sentences(Span whole) {
        return SentenceSplitter.split(text, whole, LANGUAGE, LineBreaks.CONTINUE_SENTENCE).stream()
                .flatMap(sentence -> LongTextDivider.divide(text, sentence, MAX_LENGTH).stream())
                .toList();
    }

    private record Counted(Span span, int tokens) {}

    private List<Counted> bounded(List<Span> spans, int maxTokens) {
        List<Counted> bounded = new ArrayList<>();
        spans.forEach(span -> addBounded(span, maxTokens, bounded));
        return bounded;
    }

    /** Halves a span until no half has too many tokens. */
    private void addBounded(Span span, int maxTokens, List<Counted> bounded) {
        int count = count(span.start(), span.end());
        if (span.length() < 2 || count <= maxTokens) {
            bounded.add(new Counted(span, count));
            return;
        }
        int middle = span.start() + (span.end() - span.start() + 1) / 2;
        int at = LongTextDivider.splitBefore(text, span.start(), middle);
        if (at - span.start() < (span.end() - span.start()) / 4) {
            at = Character.isLowSurrogate(text.charAt(middle)) && middle - 1 > span.start() ? middle - 1 : middle;
        }
        for (Span half : List.of(Span.trimmed(text, span.start(), at), Span.trimmed(text, at, span.end()))) {
            if (half.end() > half.start()) {
                addBounded(half, maxTokens, bounded);
            }
        }
    }

    private int count(int start, int end) {
        return Math.max(1, tokens.applyAsInt(text.substring(start, end)));
    }
}
