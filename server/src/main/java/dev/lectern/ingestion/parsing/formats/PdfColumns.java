package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts the lines of a page in reading order where a program has drawn them across its columns. Lines are divided at a gap that goes down the page between two
 * columns of running text; whatever else has gaps, such as a table, stays as it is.
 */
final class PdfColumns {
    /** Fewer lines beside each other are hardly two columns. */
    private static final int MIN_LINES = 4;
    /** A column of running text has so many characters in a line; cells of tables have fewer. */
    private static final int MIN_LENGTH = 20;
    /** Of a column of text most lines are full; of the cells of a table only some. */
    private static final double FULL = 0.75;

    private static final double MOST = 0.55;
    /** In running text many lines begin in the middle of a sentence. */
    private static final double CONTINUED = 0.35;

    private static final int MAX_COLUMNS = 8;

    private PdfColumns() {}

    /** A gap between two pieces of a line, from left to right. */
    private record Gap(float from, float to) {
        Gap intersect(Gap other) {
            return new Gap(Math.max(from, other.from), Math.min(to, other.to));
        }

        boolean isOpen() {
            return to - from >= 1;
        }

        boolean isRightOf(PdfLine piece) {
            return piece.right() <= to;
        }

        boolean isLeftOf(PdfLine piece) {
            return piece.left() >= from;
        }
    }

    /**
     * Orders lines.
     *
     * @param lines in the order in which they were drawn, each as its pieces between wide gaps from left to right
     * @return whole lines, or those of the columns
     */
    static List<PdfLine> order(List<List<PdfLine>> lines) {
        List<PdfLine> ordered = new ArrayList<>();
        order(lines, MAX_COLUMNS, ordered);
        return ordered;
    }

    private static void order(List<List<PdfLine>> lines, int columns, List<PdfLine> ordered) {
        int at = 0;
        while (at < lines.size()) {
            Run run = columns > 1 ? findRun(lines, at) : null;
            if (run == null) {
                ordered.add(join(lines.get(at)));
                at++;
            } else {
                List<List<PdfLine>> beside = lines.subList(at, run.end());
                order(side(beside, run.gap()::isRightOf), columns - 1, ordered);
                order(side(beside, run.gap()::isLeftOf), columns - 1, ordered);
                at = run.end();
            }
        }
    }

    /** Lines beside each other in two columns. */
    private record Run(int end, Gap gap) {}

    private static @Nullable Run findRun(List<List<PdfLine>> lines, int start) {
        List<PdfLine> first = lines.get(start);
        for (int i = 1; i < first.size(); i++) {
            Run run = findRun(
                    lines, start, new Gap(first.get(i - 1).right(), first.get(i).left()));
            if (run != null) {
                return run;
            }
        }
        return null;
    }

    private static @Nullable Run findRun(List<List<PdfLine>> lines, int start, Gap first) {
        Gap gap = first;
        int end = start;
        while (end < lines.size() && isBelow(lines, start, end)) {
            Gap next = narrow(gap, lines.get(end));
            if (!next.isOpen()) {
                break;
            }
            gap = next;
            end++;
        }
        Gap found = gap;
        List<List<PdfLine>> both = lines.subList(start, end).stream()
                .filter(line -> line.stream().anyMatch(found::isRightOf)
                        && line.stream().anyMatch(found::isLeftOf))
                .toList();
        return both.size() >= MIN_LINES
                        && isRunningText(side(both, found::isRightOf))
                        && isRunningText(side(both, found::isLeftOf))
                ? new Run(end, found)
                : null;
    }

    private static boolean isBelow(List<List<PdfLine>> lines, int start, int at) {
        PdfLine line = lines.get(at).getFirst();
        return line.page() == lines.get(start).getFirst().page()
                && (at == start || line.y() > lines.get(at - 1).getFirst().y());
    }

    /** What is left of the gap beside another line; closed where the line crosses it. */
    private static Gap narrow(Gap gap, List<PdfLine> line) {
        Gap beside = new Gap(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        for (PdfLine piece : line) {
            float middle = (gap.from + gap.to) / 2;
            if (piece.right() <= middle) {
                beside = beside.intersect(new Gap(piece.right(), Float.POSITIVE_INFINITY));
            } else if (piece.left() >= middle) {
                beside = beside.intersect(new Gap(Float.NEGATIVE_INFINITY, piece.left()));
            } else {
                return new Gap(0, 0);
            }
        }
        return gap.intersect(beside);
    }

    private static List<List<PdfLine>> side(List<List<PdfLine>> lines, Predicate<PdfLine> isOnIt) {
        return lines.stream()
                .map(line -> line.stream().filter(isOnIt).toList())
                .filter(pieces -> !pieces.isEmpty())
                .toList();
    }

    private static boolean isRunningText(List<List<PdfLine>> lines) {
        List<PdfLine> whole = lines.stream().map(PdfColumns::join).toList();
        double width = whole.stream()
                .mapToDouble(line -> line.right() - line.left())
                .max()
                .orElse(0);
        double length =
                whole.stream().mapToInt(line -> line.text().length()).average().orElse(0);
        long full = whole.stream()
                .filter(line -> line.right() - line.left() >= FULL * width)
                .count();
        long continued = whole.stream().filter(PdfLine::startsLower).count();
        return length >= MIN_LENGTH && full >= MOST * whole.size() && continued >= CONTINUED * whole.size();
    }

    /** One line of its pieces. */
    private static PdfLine join(List<PdfLine> pieces) {
        PdfLine first = pieces.getFirst();
        if (pieces.size() == 1) {
            return first;
        }
        float letters = 0;
        float size = 0;
        float left = first.left();
        float right = first.right();
        StringBuilder text = new StringBuilder();
        for (PdfLine piece : pieces) {
            text.append(text.isEmpty() ? "" : " ").append(piece.text());
            letters += piece.text().length();
            size += piece.size() * piece.text().length();
            left = Math.min(left, piece.left());
            right = Math.max(right, piece.right());
        }
        return new PdfLine(
                text.toString(),
                first.page(),
                left,
                right,
                first.y(),
                size / letters,
                pieces.stream().allMatch(PdfLine::bold),
                pieces.stream().allMatch(PdfLine::mono),
                pieces);
    }
}
