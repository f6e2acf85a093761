package dev.lectern.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a passage need from the rest of their table to be understood. Immutable.
 *
 * @param columns the names of the columns as one row, those of several header rows joined by " / "; empty for a table without header
 * @param group the row above that the first row belongs to, such as "South region"; empty without one
 * @param rowStart what stands before the text if the text begins within a row: the label of the row and an empty cell for each cell left out; otherwise empty
 * @param caption of the table; empty without one
 */
public record TableContext(String columns, String group, String rowStart, String caption) {
    /** Between the cells of a row. */
    public static final String CELL_GAP = " | ";

    /** Number of forms that {@link #shorter} makes. */
    public static final int SHORTER_FORMS = 8;

    /** Between the cells of a row as people read it. */
    public static final String SHOWN_GAP = " · ";

    private static final String NAME_GAP = " / ";
    /** UTF-16 units of the columns, the group, the row's label or the caption in {@link #lines}; those of dense scripts count twice. */
    private static final int MAX_LINE = 240;

    private static final int MAX_LABEL_NAME_WORDS = 3;

    /** @param stored by {@link #toStored}, or the names of the columns alone; null for a passage without rows */
    public static @Nullable TableContext parse(@Nullable String stored) {
        if (stored == null) {
            return null;
        }
        String[] lines = stored.split("\n", 4);
        return new TableContext(line(lines, 0), line(lines, 1), line(lines, 2), line(lines, 3));
    }

    private static String line(String[] lines, int at) {
        return at < lines.length ? lines[at] : "";
    }

    /** One line for each field; those at the end that are empty are left out. */
    public String toStored() {
        String stored = String.join("\n", columns, group, rowStart, caption);
        int end = stored.length();
        while (end > 0 && stored.charAt(end - 1) == '\n') {
            end--;
        }
        return stored.substring(0, end);
    }

    /** The cells of a row, empty ones included. */
    public static List<String> cells(String row) {
        // A row loses the space before its first delimiter if its first cell is empty.
        String padded = row.startsWith(CELL_GAP.strip() + " ") ? " " + row : row;
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int gap = padded.indexOf(CELL_GAP); gap >= 0; gap = padded.indexOf(CELL_GAP, from)) {
            cells.add(padded.substring(from, gap).strip());
            from = gap + CELL_GAP.length();
        }
        cells.add(padded.substring(from).strip());
        return cells;
    }

    /**
     * The names of the columns as one row, such as {@code Plant | 2023 / Tonnes | 2024 / Tonnes}. Header rows that are the title of the whole table are left
     * out, unless there is no other.
     *
     * @param headerRows from the top, with their cells
     */
    public static List<String> combine(List<List<String>> headerRows) {
        List<List<String>> naming =
                headerRows.stream().filter(row -> titleOf(row) == null).toList();
        List<List<String>> used = naming.isEmpty() ? headerRows : naming;
        int width = used.stream().mapToInt(List::size).max().orElse(0);
        List<String> names = new ArrayList<>(width);
        for (int column = 0; column < width; column++) {
            Set<String> levels = new LinkedHashSet<>();
            for (List<String> row : used) {
                if (column < row.size() && !row.get(column).isEmpty()) {
                    levels.add(row.get(column));
                }
            }
            names.add(String.join(NAME_GAP, levels));
        }
        return names;
    }

    /** The only value of a row, which stands in its first cell or is repeated in all of its cells; null if it has others. */
    public static @Nullable String titleOf(List<String> cells) {
        List<String> values = cells.stream().distinct().toList();
        boolean one = values.size() == 1 || (values.size() == 2 && values.get(1).isEmpty() && cells.indexOf("") == 1);
        return one && !values.getFirst().isEmpty() ? values.getFirst() : null;
    }

    /**
     * A shorter form, for models that read little.
     *
     * @param step from 0 to {@link #SHORTER_FORMS} - 1; each is shorter than the one before
     */
    public TableContext shorter(int step) {
        return switch (step) {
            case 0 -> new TableContext(columns, group, rowStart, "");
            case 1 -> new TableContext(columns, "", rowStart, "");
            default -> {
                int each = Math.max(1, 60 >> step);
                String names = String.join(
                        CELL_GAP,
                        cells(columns).stream()
                                .map(name -> shortened(name, each))
                                .toList());
                yield new TableContext(names, "", step > 5 ? "" : rowStart, "");
            }
        };
    }

    /** What is embedded and indexed in front of a passage: caption, columns, group and label of the row, unless the text has them. May be empty. */
    public List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        addLine(caption, text, lines);
        if (!columns.isEmpty() && !hasLine(text, columns)) {
            lines.add(shortenedColumns());
        }
        addLine(group, text, lines);
        addLine(label(cells(rowStart)), text, lines);
        return lines;
    }

    /** The headings above a text, and behind them {@link #lines} of the table that is stored; only the headings if there is none. */
    public static List<String> linesAbove(List<String> headings, @Nullable String stored, String text) {
        TableContext table = parse(stored);
        if (table == null) {
            return headings;
        }
        List<String> above = new ArrayList<>(headings);
        above.addAll(table.lines(text));
        return above;
    }

    private static void addLine(String line, String text, List<String> lines) {
        if (!line.isEmpty() && !hasLine(text, line)) {
            lines.add(shortened(line, MAX_LINE));
        }
    }

    private static boolean hasLine(String text, String line) {
        return text.startsWith(line) || text.contains("\n" + line);
    }

    /** Long names are cut rather than the last ones dropped. */
    private String shortenedColumns() {
        if (weight(columns) <= MAX_LINE) {
            return columns;
        }
        List<String> names = cells(columns);
        int each = Math.max(4, MAX_LINE / names.size() - CELL_GAP.length());
        return String.join(
                CELL_GAP, names.stream().map(name -> shortened(name, each)).toList());
    }

    private static String shortened(String line, int most) {
        int weight = 0;
        for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
            weight += weight(line.codePointAt(at));
            if (weight > most) {
                return line.substring(0, at);
            }
        }
        return line;
    }

    private static int weight(String line) {
        return line.codePoints().map(TableContext::weight).sum();
    }

    private static int weight(int character) {
        return WordTokenizer.isDense(character) ? 2 : Character.charCount(character);
    }

    /** The first cell that is not empty; empty without one. */
    public static String label(List<String> cells) {
        return cells.stream().filter(cell -> !cell.isEmpty()).findFirst().orElse("");
    }

    /** The lines of a passage that are rows, without header rows, as spans of its text. */
    public List<Span> rows(String text) {
        return new TableRowFinder(this, text).rows();
    }

    /** The lines of a passage that only name columns, as spans of its text. */
    public List<Span> headers(String text) {
        return new TableRowFinder(this, text).headers();
    }

    /**
     * A stretch of a passage as people read it: each row as {@code Sensor TS-0087 · CO2 December: 400}, other text as it is. The label of a row is repeated
     * for a stretch that begins within it. Header rows are left out if a row follows.
     *
     * @param text of the passage
     */
    public String format(String text, Span stretch) {
        TableRowFinder found = new TableRowFinder(this, text);
        StringBuilder shown = new StringBuilder();
        int at = stretch.start();
        boolean hasRows = found.rows().stream().anyMatch(row -> overlaps(row, stretch));
        for (Span line : found.lines()) {
            if (!overlaps(line, stretch)) {
                continue;
            }
            boolean header = found.headers().contains(line);
            append(shown, text.substring(at, Math.max(at, line.start())));
            if (!header) {
                shown.append(formatRow(text, line, stretch));
            } else if (!hasRows) {
                shown.append(text, Math.max(line.start(), stretch.start()), Math.min(line.end(), stretch.end()));
            }
            at = Math.min(line.end(), stretch.end());
        }
        append(shown, text.substring(at, Math.max(at, stretch.end())));
        return shown.toString().strip();
    }

    /** The line break behind a header row that is left out goes, too. */
    private static void append(StringBuilder shown, String between) {
        boolean begins = shown.isEmpty() || shown.charAt(shown.length() - 1) == '\n';
        shown.append(begins && between.startsWith("\n") ? between.substring(1) : between);
    }

    private static boolean overlaps(Span one, Span other) {
        return one.start() < other.end() && other.start() < one.end();
    }

    private String formatRow(String text, Span line, Span stretch) {
        String start = line.start() == 0 ? rowStart : "";
        String row = start + line.in(text);
        List<String> names = cells(columns);
        List<String> cells = cells(row);
        boolean named = cells.size() <= names.size();
        int skipped = start.isEmpty() ? 0 : cells(start).size() - 1;
        List<Span> spans = cellSpans(text, line);
        List<String> shown = new ArrayList<>();
        int labelled = cells.indexOf(label(cells));
        for (int i = 0; i < cells.size(); i++) {
            boolean before = i < skipped;
            Span cell = before ? null : spans.get(i - skipped);
            boolean inside = cell != null && overlaps(cell, stretch);
            if ((inside || i == labelled) && !cells.get(i).isEmpty()) {
                String value = inside && cell != null ? cut(text, cell, stretch) : cells.get(i);
                shown.add(formatCell(named ? names.get(i) : "", value, i == labelled));
            }
        }
        return String.join(SHOWN_GAP, shown);
    }

    private static String cut(String text, Span cell, Span stretch) {
        return text.substring(Math.max(cell.start(), stretch.start()), Math.min(cell.end(), stretch.end()))
                .strip();
    }

    private static String formatCell(String name, String value, boolean label) {
        if (name.isEmpty() || name.equals(value)) {
            return value;
        }
        boolean isShort = name.split(" ", -1).length < MAX_LABEL_NAME_WORDS
                && name.codePoints().allMatch(c -> Character.isLetter(c) || c == ' ');
        return name + (label && isShort ? " " : ": ") + value;
    }

    /** The cells of a line with the places where they stand in the text. As many as {@link #cells} finds. */
    private static List<Span> cellSpans(String text, Span line) {
        List<Span> spans = new ArrayList<>();
        int from = line.start();
        String bar = CELL_GAP.strip() + " ";
        if (line.in(text).startsWith(bar)) {
            spans.add(new Span(from, from));
            from += bar.length();
        }
        for (int gap = text.indexOf(CELL_GAP, from); gap >= 0 && gap < line.end(); gap = text.indexOf(CELL_GAP, from)) {
            spans.add(new Span(from, gap));
            from = gap + CELL_GAP.length();
        }
        spans.add(new Span(Math.min(from, line.end()), line.end()));
        return spans;
    }
}
