package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.sheet.SheetOutput;
import dev.lectern.ingestion.parsing.formats.sheet.SheetTableBuilder;
import dev.lectern.ingestion.parsing.formats.sheet.SpreadsheetCell;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.library.ReadingNotice.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;

/** Streams the sheets of an OpenDocument spreadsheet; cells are read as they are shown, but ids and formulas without a result as they are. */
final class OpenDocumentSheets {
    private static final int MAX_REPEATED = 1_000;
    private static final int MAX_ROWS = 1 << 20;
    private static final int MAX_COLUMNS = 1 << 14;
    private static final Pattern EXPONENT = Pattern.compile("[+-]?\\d(?:[.,]\\d{1,20})?E[+-]?\\d{1,3}");
    private static final int MAX_NUMBER = 30;

    private final OpenDocumentBlocks blocks;
    private final OpenDocumentStyles styles;
    private final SheetOutput output;
    private final ParsedDocumentBuilder out;
    private final int maxDepth;
    private final List<Comment> comments = new ArrayList<>();
    private int columns;

    OpenDocumentSheets(
            OpenDocumentBlocks blocks,
            OpenDocumentStyles styles,
            SheetOutput output,
            ParsedDocumentBuilder out,
            int maxDepth) {
        this.blocks = blocks;
        this.styles = styles;
        this.output = output;
        this.out = out;
        this.maxDepth = maxDepth;
    }

    private record Comment(String cell, String author, String text) {}

    /** Reads a sheet from the start of its element to its end. */
    void read(XMLStreamReader xml) throws XMLStreamException {
        output.start(
                String.valueOf(attribute(xml, "name")),
                styles.hidesSheet(String.valueOf(attribute(xml, "style-name"))));
        SheetTableBuilder table = output.table(List.of());
        List<XmlElement> shapes = new ArrayList<>();
        comments.clear();
        columns = 0;
        int row = 0;
        for (int depth = 1; depth > 0 && xml.hasNext(); ) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "table-row" -> row = addRow(XmlElement.read(xml, maxDepth), row, table);
                    case "table-column" -> addColumns(XmlElement.read(xml, maxDepth));
                    case "shapes" -> shapes.add(XmlElement.read(xml, maxDepth));
                    case "forms", "table-source", "scenario", "named-expressions", "conditional-formats" ->
                        XmlElement.skip(xml);
                    default -> depth++;
                }
            }
        }
        output.finish(table);
        comments.forEach(comment -> output.comment(comment.cell(), comment.author(), comment.text()));
        shapes.forEach(shape -> shape.children().forEach(drawing -> blocks.add(drawing, 0)));
        blocks.finishTable();
    }

    private static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    private void addColumns(XmlElement column) {
        int repeated = Math.clamp(column.number("number-columns-repeated", 1), 1, MAX_COLUMNS);
        String visibility = column.attribute("visibility");
        if (visibility.equals("collapse") || visibility.equals("filter")) {
            output.hideColumns(columns, columns + repeated - 1);
        }
        columns = Math.min(MAX_COLUMNS, columns + repeated);
    }

    /** Returns the index of the next row. */
    private int addRow(XmlElement row, int index, SheetTableBuilder table) {
        int repeated = Math.clamp(row.number("number-rows-repeated", 1), 1, MAX_ROWS);
        String visibility = row.attribute("visibility");
        boolean hidden = visibility.equals("collapse") || visibility.equals("filter");
        NavigableMap<Integer, String> cells = new TreeMap<>();
        int column = 0;
        for (XmlElement cell : row.children()) {
            if (cell.isText()) {
                continue;
            }
            int times = Math.clamp(cell.number("number-columns-repeated", 1), 1, MAX_COLUMNS);
            if (cell.is("table-cell")) {
                addCell(cell, index, column, times, cells, table);
            }
            column = Math.min(MAX_COLUMNS, column + times);
        }
        int written = cells.isEmpty() ? 1 : Math.min(repeated, MAX_REPEATED);
        for (int i = 0; i < written; i++) {
            table.add(index + i, cells, hidden);
        }
        out.notice(Kind.PAST_LIMIT, cells.isEmpty() ? 0 : repeated - written);
        return Math.min(MAX_ROWS, index + repeated);
    }

    private void addCell(
            XmlElement cell,
            int row,
            int column,
            int times,
            NavigableMap<Integer, String> cells,
            SheetTableBuilder table) {
        XmlElement annotation = cell.find("annotation");
        if (annotation != null) {
            XmlElement creator = annotation.find("creator");
            comments.add(new Comment(
                    new CellReference(row, column).formatAsString(),
                    creator == null ? "" : creator.text().strip(),
                    blocks.paragraphs(annotation)));
        }
        cell.children().stream()
                .filter(child -> OpenDocumentParagraph.DRAWINGS.contains(child.name()))
                .forEach(blocks::addDrawing);
        String value = value(cell);
        if (value.isBlank()) {
            return;
        }
        for (int i = 0; i < Math.min(times, MAX_REPEATED) && column + i < MAX_COLUMNS; i++) {
            cells.put(column + i, value);
        }
        int wide = Math.clamp(cell.number("number-columns-spanned", 1), 1, MAX_COLUMNS);
        int high = Math.clamp(cell.number("number-rows-spanned", 1), 1, MAX_ROWS);
        if (wide > 1 || high > 1) {
            table.merge(new CellRangeAddress(row, row + high - 1, column, Math.min(MAX_COLUMNS, column + wide) - 1));
        }
    }

    private String value(XmlElement cell) {
        StringBuilder shown = new StringBuilder();
        for (XmlElement paragraph : cell.childrenNamed("p")) {
            shown.append(shown.isEmpty() ? "" : " ")
                    .append(blocks.read(paragraph).text());
        }
        String text = shown.toString();
        String stored = cell.attribute("value");
        String formula = cell.attribute("formula");
        if (text.isBlank()) {
            String plain = plain(cell, stored);
            if (plain.isEmpty()
                    && !formula.isEmpty()
                    && !cell.attribute("value-type").equals("string")) {
                out.notice(Kind.FORMULAS_WITHOUT_RESULT, 1);
                return SpreadsheetCell.withoutResult(formula.substring(formula.indexOf('=') + 1));
            }
            return plain;
        }
        boolean id = EXPONENT.matcher(text.strip()).matches() && stored.length() > 0 && stored.length() <= MAX_NUMBER;
        return id ? plain(cell, stored) : text;
    }

    /** The value of a cell that is not shown, or shown with an exponent. */
    private static String plain(XmlElement cell, String stored) {
        if (!stored.isEmpty() && stored.length() <= MAX_NUMBER) {
            try {
                BigDecimal number = new BigDecimal(stored);
                return Math.abs(number.scale() - (long) number.precision()) > MAX_NUMBER
                        ? stored
                        : number.stripTrailingZeros().toPlainString();
            } catch (NumberFormatException none) {
                return stored;
            }
        }
        for (String name : List.of("date-value", "time-value", "boolean-value", "string-value")) {
            if (cell.has(name)) {
                return cell.attribute(name);
            }
        }
        return stored;
    }
}
