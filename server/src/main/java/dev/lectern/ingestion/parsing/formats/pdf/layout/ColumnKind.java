package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What two columns beside each other are. */
enum ColumnKind {
    /** Running text that is read column by column. */
    TEXT,
    /** Running text beside other text, which are read column by column unless they are a table of three columns or more. */
    MIXED,
    /** Short lines that are read column by column unless they are a table, such as two addresses or two lists. */
    SHORT_LINES,
    /** Labels or values that belong to the lines beside them. */
    ROWS;

    private static final Pattern LIST_ITEM =
            Pattern.compile("(?:[•◦▪▫‣●○■□–—*·∙➢✓→❖◆-]|\\(?(?:\\d{1,3}|[A-Za-z])[.)])\\s.*");
    private static final double MOST = 0.7;

    static ColumnKind of(ColumnText left, ColumnText right) {
        boolean leftText = left.isRunningText();
        boolean rightText = right.isRunningText();
        if (leftText && rightText) {
            return haveSameRows(left, right) ? ROWS : TEXT;
        }
        if (leftText != rightText) {
            ColumnText text = leftText ? left : right;
            ColumnText other = leftText ? right : left;
            if (other.isEndOfText()) {
                return TEXT;
            }
            if (isNumbered(other)) {
                return TEXT;
            }
            return (rightText && areLabels(other, text)) || isNumericColumn(other) ? ROWS : MIXED;
        }
        boolean items = isList(left) && isList(right);
        boolean titled = endsWithColon(left) && endsWithColon(right);
        boolean alike = left.rows().size() >= 8
                && right.rows().size() >= 8
                && left.meanLetters() >= 6
                && right.meanLetters() >= 6
                && isSimilar(left.right() - left.left(), right.right() - right.left());
        return items || titled || alike || isDrawnByColumns(left, right) ? SHORT_LINES : ROWS;
    }

    private static boolean isSimilar(float one, float other) {
        return Math.min(one, other) > 0.7f * Math.max(one, other);
    }

    /** Whether paragraphs begin beside each other, three times or more. */
    private static boolean haveSameRows(ColumnText left, ColumnText right) {
        List<Float> leftStarts = starts(left);
        List<Float> rightStarts = starts(right);
        int fewer = Math.min(leftStarts.size(), rightStarts.size());
        if (fewer < 3) {
            return false;
        }
        long same = leftStarts.stream()
                .filter(y -> rightStarts.stream().anyMatch(other -> Math.abs(other - y) < 2))
                .count();
        return same >= 0.9 * Math.max(leftStarts.size(), rightStarts.size());
    }

    /** Where paragraphs begin that have more space above them than lines. */
    private static List<Float> starts(ColumnText text) {
        List<Float> starts = new ArrayList<>();
        List<PieceRow> rows = text.rows();
        float nearest = Float.MAX_VALUE;
        for (int i = 1; i < rows.size(); i++) {
            nearest = Math.min(nearest, rows.get(i).y() - rows.get(i - 1).y());
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i == 0 || rows.get(i).y() - rows.get(i - 1).y() > 1.2f * nearest) {
                starts.add(rows.get(i).y());
            }
        }
        return starts;
    }

    /** Whether each of the short lines at the left is beside the first line of a paragraph. */
    private static boolean areLabels(ColumnText labels, ColumnText text) {
        List<Float> starts = starts(text);
        long beside = labels.rows().stream()
                .filter(label -> starts.stream().anyMatch(y -> Math.abs(y - label.y()) < 2)
                        || beginsSentence(text.rows(), label.y()))
                .count();
        return labels.rows().size() >= 2 && (beside >= MOST * labels.rows().size() || areBesideEachLine(labels, text));
    }

    /** Whether each line has one label, and the labels are names and not the lines of a narrow column. */
    private static boolean areBesideEachLine(ColumnText labels, ColumnText text) {
        List<PieceRow> rows = labels.rows();
        long names = rows.stream()
                .filter(row ->
                        !Character.isLowerCase(row.pieces().getFirst().text().codePointAt(0)))
                .count();
        long beside = rows.stream()
                .filter(label -> text.rows().stream().anyMatch(row -> Math.abs(row.y() - label.y()) < 2))
                .count();
        return rows.size() == text.rows().size() && beside == rows.size() && names >= 0.9 * rows.size();
    }

    private static boolean beginsSentence(List<PieceRow> rows, float y) {
        for (int i = 1; i < rows.size(); i++) {
            if (Math.abs(rows.get(i).y() - y) < 2) {
                String before = rows.get(i - 1).pieces().getLast().text();
                return ".!?;:".indexOf(before.charAt(before.length() - 1)) >= 0;
            }
        }
        return false;
    }

    /** Numbers of lines: 5, 10, 15. */
    private static boolean isNumbered(ColumnText column) {
        long last = Long.MIN_VALUE;
        long step = 0;
        int same = 0;
        List<PieceRow> rows = column.rows();
        for (PieceRow row : rows) {
            String text = row.pieces().getFirst().text();
            if (text.length() > 6 || !text.chars().allMatch(Character::isDigit)) {
                return false;
            }
            long number = Long.parseLong(text);
            if (last != Long.MIN_VALUE) {
                same += number - last == step ? 1 : 0;
                step = number - last;
            }
            last = number;
        }
        return rows.size() >= 4 && step > 0 && same >= MOST * (rows.size() - 2);
    }

    private static boolean isNumericColumn(ColumnText column) {
        long numeric = column.rows().stream()
                .filter(row -> row.pieces().stream().anyMatch(piece -> ColumnText.isNumeric(piece.text())))
                .count();
        return numeric >= MOST * column.rows().size();
    }

    private static boolean isList(ColumnText column) {
        long items = column.rows().stream()
                .filter(row -> LIST_ITEM.matcher(row.pieces().getFirst().text()).matches())
                .count();
        return items >= 2 && items >= 0.5 * column.rows().size();
    }

    /** "Bill to:" above an address. */
    private static boolean endsWithColon(ColumnText column) {
        String first = column.rows().getFirst().pieces().getLast().text();
        return column.rows().size() > 2 && (first.endsWith(":") || first.endsWith("："));
    }

    /** Whether all of one column was drawn before all of the other. */
    private static boolean isDrawnByColumns(ColumnText left, ColumnText right) {
        return order(left, true) < order(right, false) || order(right, true) < order(left, false);
    }

    private static int order(ColumnText column, boolean last) {
        int result = last ? 0 : Integer.MAX_VALUE;
        for (PieceRow row : column.rows()) {
            for (TextPiece piece : row.pieces()) {
                result = last ? Math.max(result, piece.order()) : Math.min(result, piece.order());
            }
        }
        return result;
    }
}
