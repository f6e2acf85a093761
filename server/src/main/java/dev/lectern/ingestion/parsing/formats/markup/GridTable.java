package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of Markdown or reStructuredText that is drawn with {@code +---+}. The places of all corners divide it into a grid of small cells; small cells without a border between them are one cell
 * of the table. Takes time in proportion to the area of the drawing, whatever is drawn.
 */
final class GridTable {
    private static final Pattern TOP = Pattern.compile("\\+(?:[-=]+\\+)+");
    private static final int MAX_CELLS = 1_000_000;

    private final List<String> lines;
    private final int[] columns;
    private final int[] rules;
    private final int[] parents;
    private final int width;

    private GridTable(List<String> lines, int[] columns, int[] rules) {
        this.lines = lines;
        this.columns = columns;
        this.rules = rules;
        width = columns.length - 1;
        parents = new int[(rules.length - 1) * width];
        Arrays.setAll(parents, cell -> cell);
    }

    static boolean isTop(String line) {
        return TOP.matcher(line.stripTrailing()).matches();
    }

    static boolean isPart(String line) {
        return line.startsWith("+") || line.startsWith("|");
    }

    /** @return null when the drawing is no table */
    static @Nullable TextTable parse(List<String> drawing) {
        List<String> lines = TextColumns.align(drawing);
        BitSet corners = new BitSet();
        List<Integer> rules = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            if (addCorners(lines.get(row), corners)) {
                rules.add(row);
            }
        }
        int[] columns = corners.stream().toArray();
        if (columns.length < 2 || rules.size() < 2 || (long) columns.length * rules.size() > MAX_CELLS) {
            return null;
        }
        return new GridTable(
                        lines,
                        columns,
                        rules.stream().mapToInt(Integer::intValue).toArray())
                .toTable();
    }

    /** Adds the corners of a line; returns whether it has a piece of a horizontal border between two of them. */
    private static boolean addCorners(String line, BitSet corners) {
        boolean found = false;
        int corner = line.indexOf('+');
        while (corner >= 0) {
            int end = corner + 1;
            while (end < line.length() && (line.charAt(end) == '-' || line.charAt(end) == '=')) {
                end++;
            }
            if (end > corner + 1 && end < line.length() && line.charAt(end) == '+') {
                corners.set(corner);
                corners.set(end);
                found = true;
            }
            corner = line.indexOf('+', corner + 1);
        }
        return found;
    }

    private TextTable toTable() {
        int height = rules.length - 1;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                if (column + 1 < width && !hasBorderRight(row, column)) {
                    join(row * width + column, row * width + column + 1);
                }
                if (row + 1 < height && !hasBorderBelow(row, column)) {
                    join(row * width + column, (row + 1) * width + column);
                }
            }
        }
        Map<Integer, int[]> areas = new HashMap<>();
        for (int cell = 0; cell < parents.length; cell++) {
            int row = cell / width;
            int column = cell % width;
            int[] area = areas.computeIfAbsent(root(cell), key -> new int[] {row, row, column, column});
            area[1] = Math.max(area[1], row);
            area[2] = Math.min(area[2], column);
            area[3] = Math.max(area[3], column);
        }
        Map<Integer, List<String>> texts = new HashMap<>();
        areas.forEach((cell, area) -> texts.put(cell, textIn(area)));
        List<List<List<String>>> rows = new ArrayList<>();
        int headers = 0;
        for (int row = 0; row < height; row++) {
            if (row > 0 && headers == 0 && lines.get(rules[row]).startsWith("+=")) {
                headers = row;
            }
            List<List<String>> cells = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                cells.add(texts.getOrDefault(root(row * width + column), List.of()));
            }
            rows.add(cells);
        }
        return new TextTable(headers, rows);
    }

    private boolean hasBorderRight(int row, int column) {
        for (int line = rules[row] + 1; line < rules[row + 1]; line++) {
            char border = charAt(line, columns[column + 1]);
            if (border != '|' && border != '+') {
                return false;
            }
        }
        return true;
    }

    private boolean hasBorderBelow(int row, int column) {
        for (int place = columns[column] + 1; place < columns[column + 1]; place++) {
            char border = charAt(rules[row + 1], place);
            if (border != '-' && border != '=' && border != '+') {
                return false;
            }
        }
        return true;
    }

    private char charAt(int line, int place) {
        return place < lines.get(line).length() ? lines.get(line).charAt(place) : ' ';
    }

    private List<String> textIn(int[] area) {
        List<String> text = new ArrayList<>();
        for (int line = rules[area[0]] + 1; line < rules[area[1] + 1]; line++) {
            text.add(TextColumns.slice(lines.get(line), columns[area[2]] + 1, columns[area[3] + 1]));
        }
        return TextLineFunctions.dedent(text);
    }

    private void join(int one, int other) {
        parents[root(other)] = root(one);
    }

    private int root(int cell) {
        int root = cell;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }
}
