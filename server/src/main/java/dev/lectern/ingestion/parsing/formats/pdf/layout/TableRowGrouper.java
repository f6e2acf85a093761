package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which lines of a table are one row: a cell may have several lines. Lines between table lines, or nearer to each other than others, are one row; so
 * are lines that go on in the middle of a sentence or of a cell.
 */
final class TableRowGrouper {
    /** Distances of lines that differ by less are equal. */
    private static final float EQUAL = 1.2f;

    private final List<CellLine> lines;
    private final List<PdfTable.Column> columns;
    private final List<Ruling> rulings;

    /**
     * Pieces beside each other by their columns.
     *
     * @param cells one list for each column
     */
    record CellLine(float y, float size, List<List<TextPiece>> cells) {
        int filled() {
            return (int) cells.stream().filter(cell -> !cell.isEmpty()).count();
        }

        boolean has(int column) {
            return !cells.get(column).isEmpty();
        }

        String text(int column) {
            return String.join(
                    " ", cells.get(column).stream().map(TextPiece::text).toList());
        }
    }

    /** @param rulings horizontal ones that go through the table */
    TableRowGrouper(List<CellLine> lines, List<PdfTable.Column> columns, List<Ruling> rulings) {
        this.lines = lines;
        this.columns = columns;
        this.rulings = rulings;
    }

    /** The lines of each row. */
    List<List<CellLine>> group() {
        boolean[] begins = new boolean[lines.size()];
        boolean[] ruled = new boolean[lines.size()];
        int rulingCount = 0;
        for (int i = 1; i < lines.size(); i++) {
            ruled[i] = hasRulingBetween(lines.get(i - 1), lines.get(i));
            rulingCount += ruled[i] ? 1 : 0;
        }
        // A line below the header alone, or around a total, parts no rows.
        boolean byRulings = rulingCount >= 3 && rulingCount >= 0.3 * (lines.size() - 1);
        float near = nearDistance();
        List<List<CellLine>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            begins[i] = i == 0 || ruled[i] || !(byRulings ? isWithinRulings(i) : continues(rows.getLast(), i, near));
            if (begins[i]) {
                rows.add(new ArrayList<>());
            }
            rows.getLast().add(lines.get(i));
        }
        return rows;
    }

    /** Lines between two table lines are one row, unless each is whole or they are far apart. */
    private boolean isWithinRulings(int at) {
        CellLine line = lines.get(at);
        boolean whole = line.filled() >= columns.size() - columns.size() / 4 && line.filled() > 1;
        return line.y() - lines.get(at - 1).y() < 1.8f * line.size() && (!whole || startsLower(line));
    }

    /** Whether several lines are all filled, at least one with values, and none goes on in the next one. */
    boolean areWhole(List<CellLine> row) {
        int values = 0;
        for (int i = 0; i < row.size(); i++) {
            CellLine line = row.get(i);
            if (line.filled() < 2
                    || line.filled() < columns.size() - columns.size() / 4
                    || (i > 0 && startsLower(line))) {
                return false;
            }
            values += hasNewValue(line) ? 1 : 0;
        }
        return row.size() > 1 && (values == row.size() || (values == 0 && row.size() >= 3));
    }

    private boolean hasRulingBetween(CellLine above, CellLine below) {
        return rulings.stream()
                .anyMatch(ruling ->
                        ruling.at() > above.y() - 0.2f * above.size() && ruling.at() < below.y() - 0.4f * below.size());
    }

    /** The distance of lines within a row, if there are two kinds of distances; else 0. */
    private float nearDistance() {
        float[] distances = new float[Math.max(0, lines.size() - 1)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = lines.get(i + 1).y() - lines.get(i).y();
        }
        Arrays.sort(distances);
        if (distances.length < 2) {
            return 0;
        }
        float near = distances[0];
        float size = lines.getFirst().size();
        int apart = 0;
        for (float distance : distances) {
            apart += distance > EQUAL * near ? 1 : 0;
        }
        return apart >= Math.max(1, 0.2 * distances.length) && near < 1.6f * size ? EQUAL * near : 0;
    }

    private boolean continues(List<CellLine> row, int at, float near) {
        CellLine line = lines.get(at);
        CellLine before = lines.get(at - 1);
        float distance = line.y() - before.y();
        boolean isNear = distance <= 1.7f * Math.max(line.size(), before.size());
        if (isNear && isLabelBefore(row, line) && startsLower(line)) {
            return true;
        }
        if (!isNear || hasNewValue(line)) {
            return false;
        }
        boolean labelled = line.has(0);
        boolean goesOn = isWithin(row, line);
        if (near > 0) {
            boolean whole = line.filled() == columns.size();
            return distance <= near
                    && (goesOn || isLabelBefore(row, line))
                    && (!whole || (isBroken(before, line) && startsLower(line)));
        }
        if (!goesOn) {
            return false;
        }
        if (labelled) {
            return line.filled() < columns.size() && startsLower(line) && isBroken(before, line);
        }
        return isBroken(before, line) || startsLower(line);
    }

    /** Whether a line has a value that stands for itself, so that it is a row. */
    private boolean hasNewValue(CellLine line) {
        for (int i = 0; i < columns.size(); i++) {
            if (line.has(i) && ColumnText.isNumeric(line.text(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything in a line stands below something of the row. */
    private boolean isWithin(List<CellLine> row, CellLine line) {
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            if (line.has(i) && row.stream().noneMatch(one -> one.has(column))) {
                return false;
            }
        }
        return true;
    }

    /** Whether so far the row has only the beginning of its label. */
    private static boolean isLabelBefore(List<CellLine> row, CellLine line) {
        return line.has(0) && row.stream().allMatch(one -> one.has(0) && one.filled() == 1);
    }

    private static boolean startsLower(CellLine line) {
        for (List<TextPiece> cell : line.cells()) {
            if (!cell.isEmpty()) {
                return Character.isLowerCase(cell.getFirst().text().codePointAt(0));
            }
        }
        return false;
    }

    /** Whether the first word of a cell would not have fitted into the line above. */
    private boolean isBroken(CellLine before, CellLine line) {
        for (int i = 0; i < columns.size(); i++) {
            if (line.has(i) && before.has(i)) {
                TextPiece first = line.cells().get(i).getFirst();
                float end = before.cells().get(i).getLast().right();
                int space = first.text().indexOf(' ');
                float letters = Math.max(1, first.text().length());
                float word = first.width() * (space < 0 ? letters : space) / letters;
                float room = columns.get(i).right() - end;
                if (word + 0.25f * first.size() > room) {
                    return true;
                }
            }
        }
        return false;
    }
}
