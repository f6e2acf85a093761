package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the empty strip that goes down between the most lines of a part of a page. Whatever lies across a strip, such as a heading over two columns, ends it;
 * what is beside it between two of these is a band.
 */
final class GutterFinder {
    /** Narrower strips are spaces between words, as parts of the size of letters. */
    private static final float NARROWEST = 0.6f;

    private static final int MIN_PAIRS = 2;
    /** Strips are tried at steps of so many points. */
    private static final int STEP = 2;
    /** A line of a table counts as lying across a strip if it goes on at both sides of it, points. */
    private static final float RULING_EXCESS = 12;

    private final List<TextPiece> pieces;
    private final List<Obstacle> others = new ArrayList<>();

    /** Something other than text that a strip ends at. */
    private record Obstacle(float left, float top, float right, float bottom) {}

    /**
     * The best strip.
     *
     * @param pairs how many lines at its left have lines beside them at its right
     */
    record Band(float left, float right, float top, float bottom, int pairs) {
        boolean isLeft(TextPiece piece) {
            return piece.middle() < (left + right) / 2;
        }

        boolean has(float y) {
            return y > top && y < bottom;
        }
    }

    GutterFinder(List<TextPiece> pieces, List<PlacedTable> tables, List<Ruling> rulings) {
        this.pieces =
                pieces.stream().sorted(Comparator.comparingDouble(TextPiece::y)).toList();
        tables.forEach(table -> others.add(new Obstacle(table.left(), table.top(), table.right(), table.bottom())));
        rulings.stream()
                .filter(Ruling::horizontal)
                .forEach(ruling -> others.add(new Obstacle(
                        ruling.from() + RULING_EXCESS, ruling.at(), ruling.to() - RULING_EXCESS, ruling.at())));
    }

    /** The strip beside most lines; null if there is none. */
    @Nullable Band find() {
        Set<Long> tried = new HashSet<>();
        Band best = null;
        for (int i = 0; i < pieces.size(); i++) {
            TextPiece piece = pieces.get(i);
            TextPiece next = neighbour(i);
            if (next == null) {
                continue;
            }
            float width = NARROWEST * Math.min(piece.size(), next.size());
            if (next.left() - piece.right() < width) {
                continue;
            }
            best = better(best, tried, next.left() - width, next.left());
            best = better(best, tried, piece.right(), piece.right() + width);
        }
        return best;
    }

    private @Nullable Band better(@Nullable Band best, Set<Long> tried, float left, float right) {
        if (!tried.add(((long) Math.round(left / STEP) << 32) ^ Math.round(right / STEP))) {
            return best;
        }
        Band band = widest(left, right);
        if (band == null) {
            return best;
        }
        boolean better = best == null
                || band.pairs() > best.pairs()
                || (band.pairs() == best.pairs() && band.right() - band.left() > best.right() - best.left());
        return better ? band : best;
    }

    /** The nearest piece at the right that is beside a piece. */
    private @Nullable TextPiece neighbour(int at) {
        TextPiece piece = pieces.get(at);
        TextPiece nearest = null;
        for (int step = -1; step <= 1; step += 2) {
            for (int i = at + step; i >= 0 && i < pieces.size(); i += step) {
                TextPiece other = pieces.get(i);
                if (Math.abs(other.y() - piece.y()) > 0.9f * Math.max(piece.size(), other.size())) {
                    if (Math.abs(other.y() - piece.y()) > 3 * piece.size()) {
                        break;
                    }
                    continue;
                }
                boolean right = other.left() >= piece.right() - 1;
                if (right && (nearest == null || other.left() < nearest.left())) {
                    nearest = other;
                }
            }
        }
        return nearest;
    }

    /** The band with the most pairs along one strip. */
    private @Nullable Band widest(float left, float right) {
        List<float[]> blocked = new ArrayList<>();
        for (TextPiece piece : pieces) {
            if (piece.left() < right - 0.3f && piece.right() > left + 0.3f) {
                blocked.add(new float[] {piece.top(), piece.bottom()});
            }
        }
        for (Obstacle other : others) {
            if (other.left() < left && other.right() > right) {
                blocked.add(new float[] {other.top(), other.bottom()});
            }
        }
        blocked.sort(Comparator.comparingDouble(range -> range[0]));
        Band best = null;
        float top = Float.NEGATIVE_INFINITY;
        for (int i = 0; i <= blocked.size(); i++) {
            float bottom = i < blocked.size() ? blocked.get(i)[0] : Float.POSITIVE_INFINITY;
            if (bottom > top) {
                Band band = band(left, right, top, bottom);
                if (band != null && (best == null || band.pairs() > best.pairs())) {
                    best = band;
                }
            }
            if (i < blocked.size()) {
                top = Math.max(top, blocked.get(i)[1]);
            }
        }
        return best;
    }

    private @Nullable Band band(float left, float right, float top, float bottom) {
        int pairs = 0;
        float gapLeft = Float.NEGATIVE_INFINITY;
        float gapRight = Float.POSITIVE_INFINITY;
        float lastPair = Float.NEGATIVE_INFINITY;
        float lastLeft = Float.NEGATIVE_INFINITY;
        float lastRight = Float.NEGATIVE_INFINITY;
        float middle = (left + right) / 2;
        for (int i = firstBelow(top); i < pieces.size(); i++) {
            TextPiece piece = pieces.get(i);
            if (piece.y() >= bottom) {
                break;
            }
            boolean isLeft = piece.middle() < middle;
            if (isLeft) {
                gapLeft = Math.max(gapLeft, piece.right());
                lastLeft = piece.y();
            } else {
                gapRight = Math.min(gapRight, piece.left());
                lastRight = piece.y();
            }
            float near = 0.8f * piece.size();
            if (Math.abs(lastLeft - lastRight) < near && piece.y() - lastPair > 0.5f * piece.size()) {
                pairs++;
                lastPair = piece.y();
            }
        }
        return pairs < MIN_PAIRS ? null : new Band(gapLeft, gapRight, top, bottom, pairs);
    }

    private int firstBelow(float y) {
        int low = 0;
        int high = pieces.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pieces.get(middle).y() <= y) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
