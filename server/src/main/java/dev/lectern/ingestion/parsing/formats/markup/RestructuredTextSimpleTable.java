package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A table whose columns are given by rules of {@code ===== =====}; a line without text in its first column goes on with the row before. */
final class RestructuredTextSimpleTable {
    private static final Pattern RULE = Pattern.compile("=+(?: +=+)+");
    private static final Pattern SPAN_RULE = Pattern.compile("-+(?: +-+)*");

    private final List<List<List<String>>> rows = new ArrayList<>();
    private final List<String> pending = new ArrayList<>();
    private final int[] starts;
    private int headers;

    private RestructuredTextSimpleTable(String rule) {
        starts = startsIn(rule, '=');
    }

    static boolean isRule(String line) {
        return RULE.matcher(line.stripTrailing()).matches();
    }

    /** The number of lines of the table that begins with the first line; 0 when it has no end. */
    static int length(LineCursor cursor) {
        int rules = 0;
        for (int ahead = 1;
                !cursor.peek(ahead).isBlank() || !cursor.peek(ahead + 1).isBlank();
                ahead++) {
            if (isRule(cursor.peek(ahead))
                    && (++rules == 2 || cursor.peek(ahead + 1).isBlank())) {
                return ahead + 1;
            }
        }
        return 0;
    }

    /** @param lines with the rules at both ends */
    static TextTable parse(List<String> lines) {
        List<String> aligned = TextColumns.align(lines);
        RestructuredTextSimpleTable table = new RestructuredTextSimpleTable(aligned.getFirst());
        for (String line : aligned.subList(1, aligned.size() - 1)) {
            table.add(line);
        }
        table.addRow(table.starts);
        return new TextTable(Math.min(table.headers, table.rows.size() - 1), table.rows);
    }

    private void add(String line) {
        if (isRule(line)) {
            addRow(starts);
            headers = headers == 0 ? rows.size() : headers;
        } else if (SPAN_RULE.matcher(line).matches()) {
            addRow(startsIn(line, '-'));
        } else {
            boolean begins = !TextColumns.slice(line, starts[0], starts[1]).isBlank();
            if (begins && !pending.isEmpty()) {
                addRow(starts);
            }
            pending.add(line);
        }
    }

    /** @param cellStarts of this row; a cell that covers several columns is repeated in each */
    private void addRow(int[] cellStarts) {
        if (pending.stream().allMatch(String::isBlank)) {
            pending.clear();
            return;
        }
        List<List<String>> row = new ArrayList<>();
        int cell = 0;
        for (int start : starts) {
            while (cell + 1 < cellStarts.length && cellStarts[cell + 1] <= start) {
                cell++;
            }
            int from = cellStarts[cell];
            int to = cell + 1 < cellStarts.length ? cellStarts[cell + 1] : Integer.MAX_VALUE;
            row.add(TextLineFunctions.dedent(pending.stream()
                    .map(line -> TextColumns.slice(line, from, to))
                    .toList()));
        }
        rows.add(row);
        pending.clear();
    }

    private static int[] startsIn(String rule, char mark) {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < rule.length(); i++) {
            if (rule.charAt(i) == mark && (i == 0 || rule.charAt(i - 1) != mark)) {
                starts.add(i);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }
}
