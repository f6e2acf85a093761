package dev.lectern.ingestion.parsing.formats.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Draws the simple and multiline tables of pandoc's Markdown, whose columns are given by a rule of {@code ----- -----}, as grid tables. What does not keep to
 * the columns is no table and stays.
 */
final class MarkdownPlainTables {
    private static final Pattern COLUMNS = Pattern.compile(" {0,3}-{2,}(?: +-{2,})+ *");
    private static final Pattern FULL_RULE = Pattern.compile(" {0,3}-{8,} *");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(?:`{3,}|~{3,}).*");
    private static final int MAX_LINES = 2_000;
    private static final int MAX_HEADER = 10;

    private final List<String> lines;
    private final List<String> out = new ArrayList<>();

    private MarkdownPlainTables(List<String> lines) {
        this.lines = lines;
    }

    /**
     * Where the parts of a table are.
     *
     * @param header first line of the names of the columns; that of the rule when there are none
     * @param rule line that gives the columns
     * @param end line behind the last row
     * @param next line behind the table
     * @param multiline whether empty lines part the rows
     */
    private record Place(int header, int rule, int end, int next, boolean multiline) {}

    static String draw(String text) {
        return text.contains("--") ? new MarkdownPlainTables(text.lines().toList()).drawAll() : text;
    }

    private String drawAll() {
        String fence = "";
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (FENCE.matcher(line).matches()) {
                String mark = line.strip().substring(0, 3);
                fence = fence.isEmpty() ? mark : fence.equals(mark) ? "" : fence;
            }
            Place place = fence.isEmpty() && isBlank(at - 1) ? find(at) : null;
            List<String> drawing = place == null ? List.of() : draw(place);
            if (place == null || drawing.isEmpty()) {
                out.add(line);
                at++;
            } else {
                out.addAll(drawing);
                out.add("");
                at = place.next();
            }
        }
        return String.join("\n", out);
    }

    private boolean isBlank(int line) {
        return line < 0 || line >= lines.size() || lines.get(line).isBlank();
    }

    private boolean isColumns(int line) {
        return line < lines.size() && COLUMNS.matcher(lines.get(line)).matches();
    }

    private @Nullable Place find(int at) {
        if (isColumns(at)) {
            return findEnd(at, at, false);
        }
        if (FULL_RULE.matcher(lines.get(at)).matches()) {
            int rule = at + 1;
            while (rule <= at + MAX_HEADER && !isBlank(rule) && !isColumns(rule)) {
                rule++;
            }
            return isColumns(rule) && rule > at + 1 ? findEnd(at + 1, rule, true) : null;
        }
        if (!isBlank(at) && isColumns(at + 1) && !isBlank(at + 2)) {
            int end = at + 2;
            while (!isBlank(end) && !isColumns(end)) {
                end++;
            }
            return new Place(at, at + 1, end, isColumns(end) ? end + 1 : end, false);
        }
        return null;
    }

    /** The end of a table that has a rule below its last row. */
    private @Nullable Place findEnd(int header, int rule, boolean full) {
        boolean multiline = false;
        for (int line = rule + 1; line < Math.min(lines.size(), rule + MAX_LINES); line++) {
            boolean closes = full ? FULL_RULE.matcher(lines.get(line)).matches() : isColumns(line);
            if (closes) {
                return isBlank(line + 1) && line > rule + 1
                        ? new Place(header, rule, line, line + 1, multiline || full)
                        : null;
            }
            multiline |= isBlank(line);
            if (isBlank(line) && isBlank(line + 1)) {
                return null;
            }
        }
        return null;
    }

    /** The table as a grid; empty when its text does not keep to the columns. */
    private List<String> draw(Place place) {
        List<String> aligned = TextColumns.align(lines.subList(place.header(), place.end()));
        int[] starts = starts(aligned.get(place.rule() - place.header()));
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        int headers = 0;
        for (int i = 0; i < aligned.size(); i++) {
            String line = aligned.get(i);
            boolean rule = i == place.rule() - place.header();
            if (!rule && !line.isBlank()) {
                if (!keepsTo(starts, line)) {
                    return List.of();
                }
                row.add(line);
            }
            boolean ends = rule || (i > place.rule() - place.header() && (!place.multiline() || line.isBlank()));
            if (ends && !row.isEmpty()) {
                rows.add(List.copyOf(row));
                row.clear();
            }
            headers = rule ? rows.size() : headers;
        }
        if (!row.isEmpty()) {
            rows.add(List.copyOf(row));
        }
        return rows.size() > headers ? grid(starts, rows, headers) : List.of();
    }

    private static int[] starts(String rule) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < rule.length(); i++) {
            if (rule.charAt(i) == '-' && (i == 0 || rule.charAt(i - 1) != '-')) {
                starts.add(i);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean keepsTo(int[] starts, String line) {
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] <= line.length() && line.charAt(starts[i] - 1) != ' ') {
                return false;
            }
        }
        return true;
    }

    private static List<String> grid(int[] starts, List<List<String>> rows, int headers) {
        int width = rows.stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        StringBuilder rule = new StringBuilder("+");
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : Math.max(width, starts[i] + 1);
            rule.append("-".repeat(end - starts[i])).append('+');
        }
        List<String> drawing = new ArrayList<>(List.of(rule.toString()));
        for (int number = 0; number < rows.size(); number++) {
            for (String line : rows.get(number)) {
                StringBuilder drawn = new StringBuilder("|");
                for (int i = 0; i < starts.length; i++) {
                    int end = i + 1 < starts.length ? starts[i + 1] : Math.max(width, starts[i] + 1);
                    drawn.append(padded(line, i == 0 ? 0 : starts[i], end, end - starts[i]))
                            .append('|');
                }
                drawing.add(drawn.toString());
            }
            drawing.add(number + 1 == headers ? rule.toString().replace('-', '=') : rule.toString());
        }
        return drawing;
    }

    /** A cell in as many columns as it has in the drawing. */
    private static String padded(String line, int from, int to, int columns) {
        String shown = TextColumns.slice(line, from, to).strip();
        int length = TextColumns.align(List.of(shown)).getFirst().length();
        return shown + " ".repeat(Math.max(0, columns - length));
    }
}
