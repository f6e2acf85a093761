package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.MergedCells;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table of AsciiDoc: its cells follow one another, and the number of columns tells where a row ends. */
final class AsciiDocTable {
    /** What stands before the bar of a cell: {@code 3*}, {@code 2.3+}, {@code .2+}, alignment and style. */
    private static final Pattern CELL =
            Pattern.compile("(?:(\\d{1,3})?(?:\\.(\\d{1,3}))?([*+]))?(?:[<^>]?(?:\\.[<^>])?)([a-z])?$");

    private static final Pattern REPEATED_COLUMN = Pattern.compile("(\\d{1,3})\\*.*");
    private static final int MAX_CELLS = 1_000_000;
    private static final int MAX_COLUMNS = 1_000;

    private final String separator;
    private final List<String> lines;
    private final List<Cell> cells = new ArrayList<>();
    private int columns;
    private int grown;

    private record Cell(int width, int height, List<String> text) {}

    private AsciiDocTable(List<String> lines, String separator, int columns) {
        this.lines = lines;
        this.separator = separator;
        this.columns = columns;
    }

    /** @param rule the line before the table, such as {@code |===} */
    static TextTable parse(List<String> lines, AsciiDocAttributes attributes, String rule) {
        String format = attributes.named("format");
        boolean header = attributes.hasOption("header") || isHeadedByBlankLine(lines);
        boolean noHeader = attributes.hasOption("noheader");
        int headers = header && !noHeader ? 1 : 0;
        String given = attributes.named("separator");
        if (format.equals("csv") || format.equals("tsv") || rule.startsWith(",")) {
            return new TextTable(headers, records(lines, format.equals("tsv") ? "\t" : given.isEmpty() ? "," : given));
        }
        if (format.equals("dsv") || rule.startsWith(":")) {
            return new TextTable(headers, records(lines, given.isEmpty() ? ":" : given));
        }
        String separator = given.isEmpty() ? rule.substring(0, 1) : given;
        AsciiDocTable table = new AsciiDocTable(lines, separator, countColumns(attributes.named("cols")));
        table.readCells();
        return new TextTable(headers, table.toRows());
    }

    /** The first line has text and the second one has none. */
    private static boolean isHeadedByBlankLine(List<String> lines) {
        return lines.size() > 2 && !lines.getFirst().isBlank() && lines.get(1).isBlank();
    }

    private static int countColumns(String cols) {
        if (cols.isBlank()) {
            return 0;
        }
        int count = 0;
        for (String column : cols.split("[,;]", -1)) {
            Matcher repeated = REPEATED_COLUMN.matcher(column.strip());
            count += repeated.matches() ? Integer.parseInt(repeated.group(1)) : 1;
        }
        return Math.min(count, MAX_COLUMNS);
    }

    private static List<List<List<String>>> records(List<String> lines, String separator) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator.equals("\\t") ? "\t" : separator)
                .setIgnoreSurroundingSpaces(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get();
        List<List<List<String>>> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(String.join("\n", lines)))
                .setFormat(format)
                .get()) {
            for (CSVRecord cells : parser) {
                rows.add(cells.stream().map(cell -> cell.lines().toList()).toList());
            }
        } catch (IOException | UncheckedIOException noRecords) {
            return lines.stream().map(line -> List.of(List.of(line))).toList();
        }
        return rows;
    }

    private void readCells() {
        List<String> open = null;
        int firstLine = 0;
        for (String line : lines) {
            int from = 0;
            int bar = next(line, 0);
            if (bar < 0) {
                if (open != null) {
                    open.add(line);
                }
                continue;
            }
            while (bar >= 0) {
                String before = line.substring(from, bar);
                Matcher cell = CELL.matcher(before);
                boolean specified =
                        cell.find() && (cell.start() == 0 || Character.isWhitespace(before.charAt(cell.start() - 1)));
                if (open != null) {
                    open.add(specified ? before.substring(0, cell.start()) : before);
                }
                open = addCell(cell, specified);
                from = bar + separator.length();
                bar = next(line, from);
            }
            if (open != null) {
                open.add(line.substring(from));
            }
            firstLine = firstLine == 0 ? cells.stream().mapToInt(Cell::width).sum() : firstLine;
        }
        columns = columns == 0 ? Math.clamp(firstLine, 1, MAX_COLUMNS) : columns;
    }

    private int next(String line, int from) {
        int bar = line.indexOf(separator, from);
        while (bar > 0 && line.charAt(bar - 1) == '\\') {
            bar = line.indexOf(separator, bar + 1);
        }
        return bar;
    }

    private List<String> addCell(Matcher cell, boolean specified) {
        List<String> text = new ArrayList<>();
        int width = 1;
        int height = 1;
        int copies = 1;
        if (specified && cell.group(3) != null) {
            int first = cell.group(1) == null ? 1 : Math.clamp(Integer.parseInt(cell.group(1)), 1, MAX_COLUMNS);
            copies = cell.group(3).equals("*") ? first : 1;
            width = cell.group(3).equals("+") ? first : 1;
            height = cell.group(2) == null ? 1 : Math.clamp(Integer.parseInt(cell.group(2)), 1, MAX_COLUMNS);
        }
        grown += copies * width * height;
        if (grown > MAX_CELLS) {
            throw RejectionException.bomb();
        }
        for (int copy = 0; copy < copies; copy++) {
            cells.add(new Cell(width, height, text));
        }
        return text;
    }

    /** Merged cells are repeated in each row and column that they cover. */
    private List<List<List<String>>> toRows() {
        MergedCells<List<String>> grid = new MergedCells<>();
        List<List<List<String>>> rows = new ArrayList<>();
        List<List<String>> row = grid.beginRow();
        for (Cell cell : cells) {
            grid.add(cell.text(), cell.width(), cell.height());
            if (row.size() >= columns) {
                rows.add(row);
                row = grid.beginRow();
            }
        }
        if (!row.isEmpty()) {
            rows.add(row);
        }
        return rows;
    }
}
