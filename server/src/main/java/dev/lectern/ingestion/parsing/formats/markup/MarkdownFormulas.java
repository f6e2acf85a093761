package dev.lectern.ingestion.parsing.formats.markup;

import java.util.Set;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * Keeps formulas in Markdown as they are written: {@code $$} around lines is a block of code in the language {@value #LANGUAGE}, and within
 * {@code $…$} nothing is markup.
 */
final class MarkdownFormulas {
    static final String LANGUAGE = "math";
    private static final int MAX_INLINE = 500;

    private MarkdownFormulas() {}

    static Parser.Builder addTo(Parser.Builder builder) {
        return builder.customBlockParserFactory(new BlockFactory())
                .customInlineContentParserFactory(new InlineFactory());
    }

    private static final class BlockFactory implements BlockParserFactory {
        @Override
        public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            CharSequence line = state.getLine().getContent();
            String rest = line.subSequence(state.getNextNonSpaceIndex(), line.length())
                    .toString();
            String end = rest.startsWith("$$") ? "$$" : rest.startsWith("\\[") ? "\\]" : "";
            if (end.isEmpty() || state.getIndent() >= 4) {
                return BlockStart.none();
            }
            return BlockStart.of(new FormulaParser(end)).atIndex(state.getNextNonSpaceIndex() + 2);
        }
    }

    /** Ends behind the closing mark or, as formulas have no empty lines, before one. */
    private static final class FormulaParser extends AbstractBlockParser {
        private final FencedCodeBlock block = new FencedCodeBlock();
        private final StringBuilder formula = new StringBuilder();
        private final String end;
        private boolean closed;

        FormulaParser(String end) {
            this.end = end;
            block.setInfo(LANGUAGE);
        }

        @Override
        public Block getBlock() {
            return block;
        }

        @Override
        public @Nullable BlockContinue tryContinue(ParserState state) {
            return closed || state.isBlank() ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
        }

        @Override
        public void addLine(SourceLine line) {
            String content = line.getContent().toString().stripTrailing();
            int close = content.indexOf(end);
            closed = close >= 0;
            formula.append(closed ? content.substring(0, close) : content).append('\n');
            if (closed) {
                formula.append(content.substring(close + end.length()));
            }
        }

        @Override
        public void closeBlock() {
            block.setLiteral(formula.toString());
        }
    }

    private static final class InlineFactory implements InlineContentParserFactory, InlineContentParser {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$');
        }

        @Override
        public InlineContentParser create() {
            return this;
        }

        @Override
        public @Nullable ParsedInline tryParse(InlineParserState state) {
            Scanner scanner = state.scanner();
            Position start = scanner.position();
            scanner.next();
            boolean display = scanner.next('$');
            char last = scanner.peek();
            if (last == Scanner.END || Character.isWhitespace(last)) {
                return ParsedInline.none();
            }
            for (int length = 0;
                    length < MAX_INLINE && scanner.peek() != Scanner.END && scanner.peek() != '`';
                    length++) {
                if (scanner.peek() == '$' && !Character.isWhitespace(last) && last != '\\' && length > 0) {
                    scanner.next();
                    boolean closed = display ? scanner.next('$') : !Character.isLetterOrDigit(scanner.peek());
                    return closed
                            ? ParsedInline.of(
                                    new Text(scanner.getSource(start, scanner.position())
                                            .getContent()),
                                    scanner.position())
                            : ParsedInline.none();
                }
                last = scanner.peek();
                scanner.next();
            }
            return ParsedInline.none();
        }
    }
}
