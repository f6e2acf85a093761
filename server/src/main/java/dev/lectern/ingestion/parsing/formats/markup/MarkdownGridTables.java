package dev.lectern.ingestion.parsing.formats.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/** Grid tables in Markdown, drawn with {@code +---+} as pandoc reads them: cells of several lines, merged cells, several rows of names above {@code +===+}. */
final class MarkdownGridTables {
    /** Colons in a border tell on which side the text stands. */
    private static final Pattern ALIGNMENT = Pattern.compile("(?<=\\+):(?=[-=])|(?<=[-=]):(?=\\+)");

    private MarkdownGridTables() {}

    static Parser.Builder addTo(Parser.Builder builder) {
        return builder.customBlockParserFactory(new Factory());
    }

    private static final class Factory implements BlockParserFactory {
        @Override
        public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            String line = rest(state);
            return state.getIndent() < 4 && GridTable.isTop(withoutAlignment(line))
                    ? BlockStart.of(new GridParser()).atIndex(state.getNextNonSpaceIndex())
                    : BlockStart.none();
        }
    }

    private static String rest(ParserState state) {
        CharSequence line = state.getLine().getContent();
        return line.subSequence(state.getNextNonSpaceIndex(), line.length()).toString();
    }

    private static String withoutAlignment(String line) {
        if (!line.startsWith("+") || line.indexOf(':') < 0) {
            return line;
        }
        return ALIGNMENT.matcher(line).replaceAll(line.indexOf('=') < 0 ? "-" : "=");
    }

    /** Stands for the drawing until its cells are known. */
    private static final class Drawing extends CustomBlock {}

    private static final class GridParser extends AbstractBlockParser {
        private final Drawing block = new Drawing();
        private final List<String> lines = new ArrayList<>();

        @Override
        public Block getBlock() {
            return block;
        }

        @Override
        public @Nullable BlockContinue tryContinue(ParserState state) {
            return state.getIndent() < 4 && GridTable.isPart(rest(state))
                    ? BlockContinue.atIndex(state.getNextNonSpaceIndex())
                    : BlockContinue.none();
        }

        @Override
        public void addLine(SourceLine line) {
            lines.add(withoutAlignment(line.getContent().toString().stripTrailing()));
        }

        @Override
        public void parseInlines(InlineParser inlineParser) {
            TextTable table = GridTable.parse(lines);
            if (table == null) {
                Paragraph paragraph = new Paragraph();
                parse(lines, paragraph, inlineParser);
                block.insertBefore(paragraph);
            } else {
                block.insertBefore(toBlock(table, inlineParser));
            }
            block.unlink();
        }

        private static Node toBlock(TextTable table, InlineParser inlineParser) {
            TableBlock whole = new TableBlock();
            TableHead head = new TableHead();
            TableBody body = new TableBody();
            int number = 0;
            for (List<List<String>> cells : table.rows()) {
                boolean header = number++ < table.headers();
                TableRow row = new TableRow();
                for (List<String> text : cells) {
                    TableCell cell = new TableCell();
                    cell.setHeader(header);
                    parse(text, cell, inlineParser);
                    row.appendChild(cell);
                }
                (header ? head : body).appendChild(row);
            }
            for (Node part : List.of(head, body)) {
                if (part.getFirstChild() != null) {
                    whole.appendChild(part);
                }
            }
            return whole;
        }

        private static void parse(List<String> lines, Node into, InlineParser inlineParser) {
            SourceLines text = SourceLines.empty();
            lines.stream()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> text.addLine(SourceLine.of(line.strip(), null)));
            inlineParser.parse(text, into);
        }
    }
}
