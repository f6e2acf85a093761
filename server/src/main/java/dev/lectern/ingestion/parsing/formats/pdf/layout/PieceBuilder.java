package dev.lectern.ingestion.parsing.formats.pdf.layout;

import dev.lectern.text.VisualTextOrder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the glyphs of a page to pieces of lines, wherever and in whichever order they were drawn. */
final class PieceBuilder {
    /** A gap within a line, as a part of the size of its letters, that parts two pieces although they were drawn one after the other. */
    private static final float WIDE_GAP = 1.0f;
    /** The same for pieces that were not drawn one after the other. */
    private static final float GAP = 0.65f;
    /** So far a letter may be above or below the base line of the one before. */
    private static final float DRIFT = 0.12f;
    /** So far a letter may be at the left of the one before. */
    private static final float BACK = 2f;

    /** Accents that are glyphs of their own, and below them the marks that compose with letters. */
    private static final String SPACING_MARKS =
            "`\u00B4\u00A8^\u02DC\u00AF\u02D8\u02D9\u00B8\u02DA\u02DD\u02C7\u02DB\u02C6";

    private static final String COMBINING_MARKS =
            "\u0300\u0301\u0308\u0302\u0303\u0304\u0306\u0307\u0327\u030A\u030B\u030C\u0328\u0302";

    private final List<Glyph> glyphs;
    private final boolean rightToLeft;

    private PieceBuilder(List<Glyph> glyphs) {
        this.glyphs = glyphs;
        int right = 0;
        int left = 0;
        for (Glyph glyph : glyphs) {
            int first = glyph.text.codePointAt(0);
            if (VisualTextOrder.isRightToLeft(first)) {
                right++;
            } else if (Character.isLetter(first)) {
                left++;
            }
        }
        rightToLeft = right > left;
    }

    /** @param drawn glyphs of one direction in the order in which they were drawn */
    static List<TextPiece> build(List<Glyph> drawn) {
        return new PieceBuilder(withoutDuplicates(withMarks(drawn))).build();
    }

    /** Glyphs that follow each other on one line. */
    private static final class Run {
        final List<Glyph> glyphs = new ArrayList<>();
        float left = Float.MAX_VALUE;
        float right = -Float.MAX_VALUE;
        float y;
        float size;

        Run(Glyph first) {
            y = first.y;
            size = first.size;
            add(first);
        }

        final void add(Glyph glyph) {
            glyphs.add(glyph);
            left = Math.min(left, glyph.left);
            right = Math.max(right, glyph.right);
            size = Math.max(size, glyph.size);
        }

        /** Adds what was drawn next. Some programs go back a little where fonts have other widths than they believe. */
        void addNext(Glyph last, Glyph glyph) {
            if (!VisualTextOrder.isRightToLeft(glyph.text.codePointAt(0))) {
                glyph.place = Math.max(glyph.left, last.place);
            }
            add(glyph);
        }

        void addAll(Run other) {
            other.glyphs.forEach(this::add);
        }
    }

    private List<TextPiece> build() {
        List<Run> lines = attachSmall(joinNeighbours(runs()));
        List<TextPiece> pieces = new ArrayList<>();
        for (Run line : lines) {
            line.glyphs.sort(Comparator.comparingDouble(glyph -> glyph.place));
            TextPiece piece = piece(line);
            if (!piece.text().isBlank()) {
                pieces.add(piece);
            }
        }
        pieces.sort(Comparator.comparingInt(TextPiece::order));
        return pieces;
    }

    private TextPiece piece(Run line) {
        LineText text = LineText.of(line.glyphs, rightToLeft);
        float size = 0;
        int letters = 0;
        int bold = 0;
        int mono = 0;
        int order = Integer.MAX_VALUE;
        for (Glyph glyph : line.glyphs) {
            int length = glyph.text.length();
            size += glyph.size * length;
            letters += length;
            bold += glyph.bold ? length : 0;
            mono += glyph.mono ? length : 0;
            order = Math.min(order, glyph.order);
        }
        return new TextPiece(
                Normalizer.normalize(text.text().strip(), Normalizer.Form.NFC),
                line.left,
                line.right,
                line.y,
                size / Math.max(1, letters),
                bold > letters * 0.8,
                mono > letters * 0.8,
                order,
                text.places());
    }

    /** Marks become part of the letter that they were drawn onto. */
    private static List<Glyph> withMarks(List<Glyph> drawn) {
        List<Glyph> result = new ArrayList<>(drawn.size());
        Glyph space = null;
        for (int i = 0; i < drawn.size(); i++) {
            Glyph glyph = drawn.get(i);
            if (glyph.isBlank()) {
                space = space == null || !isNear(space, glyph) ? glyph : space;
                continue;
            }
            Glyph before = result.isEmpty() ? null : result.getLast();
            if (before != null && space == null && isMark(glyph.text) && isNear(before, glyph)) {
                before.text += glyph.text;
                continue;
            }
            Glyph next = i + 1 < drawn.size() ? drawn.get(i + 1) : null;
            if (isMark(glyph.text) && next != null && isNear(next, glyph) && !next.isBlank() && !isMark(next.text)) {
                next.text += glyph.text;
                continue;
            }
            int accent = glyph.text.length() == 1 ? SPACING_MARKS.indexOf(glyph.text.charAt(0)) : -1;
            if (accent >= 0 && next != null && isOver(next, glyph)) {
                next.text = composed(next.text, COMBINING_MARKS.charAt(accent));
                setSpace(before, space, next);
                space = null;
                continue;
            }
            if (accent >= 0 && before != null && isOver(before, glyph)) {
                before.text = composed(before.text, COMBINING_MARKS.charAt(accent));
                continue;
            }
            setSpace(before, space, glyph);
            space = null;
            result.add(glyph);
        }
        return result;
    }

    /** A space that was drawn is one if it is between the letters that were drawn before and after it, from left to right or from right to left. */
    private static void setSpace(@Nullable Glyph before, @Nullable Glyph space, Glyph glyph) {
        if (before == null || space == null || Math.abs(glyph.y - space.y) > 0.5f * glyph.size) {
            return;
        }
        float size = glyph.size;
        boolean leftward = VisualTextOrder.isRightToLeft(glyph.text.codePointAt(0)) && glyph.left < before.left;
        if (leftward && space.left > glyph.left && space.left < before.left + 0.3f * size) {
            before.afterSpace = true;
        } else if (!leftward && space.left > before.left - BACK * size && space.left < glyph.left + BACK * size) {
            glyph.afterSpace = true;
        }
    }

    private static String composed(String letters, char mark) {
        return Normalizer.normalize(letters + mark, Normalizer.Form.NFC);
    }

    private static boolean isMark(String text) {
        return text.codePoints()
                .allMatch(c -> Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.ENCLOSING_MARK);
    }

    private static boolean isNear(Glyph base, Glyph mark) {
        float size = Math.max(base.size, mark.size);
        return Math.abs(mark.y - base.y) < size
                && mark.middle() > base.left - 0.6f * size
                && mark.middle() < base.right + 0.6f * size;
    }

    private static boolean isOver(Glyph base, Glyph accent) {
        float over = Math.min(base.right, accent.right) - Math.max(base.left, accent.left);
        return Character.isLetter(base.text.codePointAt(0))
                && Math.abs(accent.y - base.y) < 0.6f * base.size
                && over > 0.6f * Math.min(base.width(), accent.width());
    }

    /** Bold letters are sometimes made by drawing them twice, a little apart. */
    private static List<Glyph> withoutDuplicates(List<Glyph> glyphs) {
        Map<Long, Glyph> seen = new HashMap<>();
        List<Glyph> result = new ArrayList<>(glyphs.size());
        for (Glyph glyph : glyphs) {
            float near = Math.max(0.3f, Math.min(0.12f * glyph.size, 0.4f * glyph.width()));
            if (!isSeen(seen, glyph, near)) {
                seen.put(cell(glyph, Math.round(glyph.left / 2), Math.round(glyph.y / 2)), glyph);
                result.add(glyph);
            }
        }
        return result;
    }

    private static boolean isSeen(Map<Long, Glyph> seen, Glyph glyph, float near) {
        int column = Math.round(glyph.left / 2);
        int row = Math.round(glyph.y / 2);
        for (int i = -1; i <= 1; i++) {
            for (int j = -1; j <= 1; j++) {
                Glyph other = seen.get(cell(glyph, column + i, row + j));
                if (other != null
                        && other.text.equals(glyph.text)
                        && Math.abs(other.left - glyph.left) < near
                        && Math.abs(other.y - glyph.y) < near) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long cell(Glyph glyph, int column, int row) {
        return ((long) glyph.text.hashCode() << 40) ^ ((long) (column & 0xFFFFF) << 20) ^ (row & 0xFFFFF);
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        Run run = null;
        Glyph last = null;
        for (Glyph glyph : glyphs) {
            if (run == null || last == null || !follows(run, last, glyph)) {
                run = new Run(glyph);
                runs.add(run);
            } else {
                run.addNext(last, glyph);
            }
            last = glyph;
        }
        return runs;
    }

    private static boolean follows(Run run, Glyph last, Glyph glyph) {
        float size = Math.max(last.size, glyph.size);
        boolean sameLine = Math.abs(glyph.y - run.y) <= DRIFT * size && isSimilar(last.size, glyph.size);
        boolean right = glyph.left - last.right <= WIDE_GAP * size
                && (glyph.left >= last.left - 0.25f * size
                        || (glyph.left >= last.left - BACK * size && glyph.left > run.left + 0.3f * size));
        boolean left = last.left - glyph.right <= WIDE_GAP * size
                && glyph.right <= last.left + 0.1f * size
                && VisualTextOrder.isRightToLeft(glyph.text.codePointAt(0));
        return sameLine && (right || left);
    }

    private static boolean isSimilar(float one, float other) {
        return Math.min(one, other) >= 0.8f * Math.max(one, other);
    }

    /** Joins runs on one line that are next to each other. */
    private static List<Run> joinNeighbours(List<Run> runs) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble((Run run) -> run.y).thenComparingDouble(run -> run.left));
        List<Run> joined = new ArrayList<>();
        int from = 0;
        while (from < sorted.size()) {
            float y = sorted.get(from).y;
            int to = from;
            while (to < sorted.size()
                    && sorted.get(to).y - y <= 2 * DRIFT * Math.min(sorted.get(from).size, sorted.get(to).size)) {
                to++;
            }
            joinRow(sorted.subList(from, to), joined);
            from = to;
        }
        return joined;
    }

    private static void joinRow(List<Run> row, List<Run> joined) {
        List<Run> sorted = new ArrayList<>(row);
        sorted.sort(Comparator.comparingDouble(run -> run.left));
        Run last = null;
        for (Run run : sorted) {
            if (last != null && isNext(last, run)) {
                last.addAll(run);
            } else {
                joined.add(run);
                last = run;
            }
        }
    }

    private static boolean isNext(Run last, Run run) {
        float size = Math.min(last.size, run.size);
        float gap = run.left - last.right;
        return isSimilar(last.size, run.size) && gap <= GAP * size && gap >= -0.5f * size;
    }

    /** Puts numbers and letters that are raised or lowered, and small capitals, into the line that they are next to. */
    private static List<Run> attachSmall(List<Run> runs) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(run -> run.y));
        boolean[] attached = new boolean[sorted.size()];
        for (int i = 0; i < sorted.size(); i++) {
            Run small = sorted.get(i);
            Run host = small.glyphs.size() > 40 ? null : findHost(sorted, attached, i);
            if (host != null) {
                host.addAll(small);
                attached[i] = true;
            }
        }
        List<Run> result = new ArrayList<>();
        for (int i = 0; i < attached.length; i++) {
            if (!attached[i]) {
                result.add(sorted.get(i));
            }
        }
        return joinNeighbours(result);
    }

    private static @Nullable Run findHost(List<Run> sorted, boolean[] attached, int at) {
        Run small = sorted.get(at);
        Run best = null;
        float nearest = Float.MAX_VALUE;
        for (int step = -1; step <= 1; step += 2) {
            for (int i = at + step; i >= 0 && i < sorted.size(); i += step) {
                Run run = sorted.get(i);
                float apart = Math.abs(run.y - small.y);
                if (apart > 60) {
                    break;
                }
                float distance = distance(run, small);
                if (!attached[i]
                        && small.size < 0.85f * run.size
                        && apart < 0.55f * run.size
                        && distance < 0.35f * run.size
                        && isInGap(run, small)
                        && apart + distance < nearest) {
                    best = run;
                    nearest = apart + distance;
                }
            }
        }
        return best;
    }

    /** Whether the small letters are beside those of the line, and not above or below them. */
    private static boolean isInGap(Run run, Run small) {
        float allowed = 0.2f * small.size;
        return run.glyphs.stream()
                .noneMatch(glyph -> glyph.left < small.right - allowed && glyph.right > small.left + allowed);
    }

    private static float distance(Run run, Run small) {
        return Math.max(0, Math.max(small.left - run.right, run.left - small.right));
    }
}
