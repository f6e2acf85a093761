package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** A stretch of one line without a wide gap, such as a line of a column or a cell of a table. Its text is in logical order, with single spaces. Immutable. */
public final class TextPiece {
    /** Height of letters above the base line and below it, as parts of their size. */
    private static final float ASCENT = 0.78f;

    private static final float DESCENT = 0.22f;

    private final String text;
    private final float left;
    private final float right;
    private final float y;
    private final float size;
    private final boolean bold;
    private final boolean mono;
    private final int order;
    /** Left and right end of each word. */
    private final float[] places;

    /** Whether leaders go from its end to the next piece. */
    private final boolean leaders;

    /**
     * A piece without leaders behind it.
     *
     * @param y of the base line, from the top of the frame
     * @param order in which it was drawn
     * @param places left and right end of each word of the text
     */
    public TextPiece(
            String text,
            float left,
            float right,
            float y,
            float size,
            boolean bold,
            boolean mono,
            int order,
            float[] places) {
        this(text, left, right, y, size, bold, mono, order, places, false);
    }

    TextPiece(
            String text,
            float left,
            float right,
            float y,
            float size,
            boolean bold,
            boolean mono,
            int order,
            float[] places,
            boolean leaders) {
        this.text = text;
        this.left = left;
        this.right = right;
        this.y = y;
        this.size = size;
        this.bold = bold;
        this.mono = mono;
        this.order = order;
        this.places = places.clone();
        this.leaders = leaders;
    }

    public String text() {
        return text;
    }

    public float left() {
        return left;
    }

    public float right() {
        return right;
    }

    /** Of the base line, from the top of the frame. */
    public float y() {
        return y;
    }

    public float size() {
        return size;
    }

    public boolean bold() {
        return bold;
    }

    public boolean mono() {
        return mono;
    }

    int order() {
        return order;
    }

    /** Whether leaders, such as a row of dots, go from its end to the next piece. */
    boolean hasLeaders() {
        return leaders;
    }

    float top() {
        return y - ASCENT * size;
    }

    float bottom() {
        return y + DESCENT * size;
    }

    float width() {
        return right - left;
    }

    float middle() {
        return (left + right) / 2;
    }

    int words() {
        return places.length / 2;
    }

    /** Whether there is a place between two words within which the piece can be cut. */
    boolean hasGapIn(float from, float to) {
        boolean before = false;
        boolean after = false;
        for (int i = 0; i < words(); i++) {
            float wordLeft = places[2 * i];
            float wordRight = places[2 * i + 1];
            if (wordLeft < to - 0.5f && wordRight > from + 0.5f) {
                return false;
            }
            before |= wordRight <= from + 0.5f;
            after |= wordLeft >= to - 0.5f;
        }
        return before && after;
    }

    /** Whether a place is in the middle of a word. */
    boolean hasWordAcross(float at) {
        for (int i = 0; i < words(); i++) {
            if (places[2 * i] < at - 2 && places[2 * i + 1] > at + 2) {
                return true;
            }
        }
        return false;
    }

    /** The piece of the words whose middle is at a fitting place; null if there are none. */
    @Nullable TextPiece part(DoublePredicate isPart) {
        String[] words = text.split(" ", -1);
        if (words.length != words()) {
            return isPart.test(middle()) ? this : null;
        }
        boolean[] kept = new boolean[words.length];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            kept[i] = isPart.test((places[2 * i] + places[2 * i + 1]) / 2);
            count += kept[i] ? 1 : 0;
        }
        if (count == 0) {
            return null;
        }
        return count == words.length ? this : part(words, kept, leaders && kept[kept.length - 1]);
    }

    private TextPiece part(String[] words, boolean[] kept, boolean leadersBehind) {
        StringBuilder keptText = new StringBuilder();
        float[] keptPlaces = new float[places.length];
        int count = 0;
        float from = Float.MAX_VALUE;
        float to = -Float.MAX_VALUE;
        for (int i = 0; i < words.length; i++) {
            if (kept[i]) {
                keptText.append(keptText.isEmpty() ? "" : " ").append(words[i]);
                keptPlaces[2 * count] = places[2 * i];
                keptPlaces[2 * count + 1] = places[2 * i + 1];
                from = Math.min(from, places[2 * i]);
                to = Math.max(to, places[2 * i + 1]);
                count++;
            }
        }
        return new TextPiece(
                keptText.toString(),
                from,
                to,
                y,
                size,
                bold,
                mono,
                order,
                Arrays.copyOf(keptPlaces, 2 * count),
                leadersBehind);
    }

    /** The same piece with leaders behind it. */
    TextPiece withLeaders() {
        return new TextPiece(text, left, right, y, size, bold, mono, order, places, true);
    }

    /** A stretch of the text without spaces at its ends; a word that it divides is divided by the number of its letters. */
    TextPiece stretch(int start, int end) {
        StringBuilder kept = new StringBuilder();
        float[] keptPlaces = new float[places.length];
        int count = 0;
        int word = 0;
        int wordStart = 0;
        while (wordStart < end && word < words()) {
            int space = text.indexOf(' ', wordStart);
            int wordEnd = space < 0 ? text.length() : space;
            int from = Math.max(start, wordStart);
            int to = Math.min(end, wordEnd);
            if (from < to) {
                float width = (places[2 * word + 1] - places[2 * word]) / (wordEnd - wordStart);
                keptPlaces[2 * count] = places[2 * word] + width * (from - wordStart);
                keptPlaces[2 * count + 1] = places[2 * word + 1] - width * (wordEnd - to);
                kept.append(count == 0 ? "" : " ").append(text, from, to);
                count++;
            }
            wordStart = wordEnd + 1;
            word++;
        }
        return new TextPiece(
                kept.toString(),
                keptPlaces[0],
                keptPlaces[Math.max(1, 2 * count - 1)],
                y,
                size,
                bold,
                mono,
                order,
                Arrays.copyOf(keptPlaces, 2 * count));
    }

    /** The places of the words with another piece in front. */
    float[] placesBehind(TextPiece other) {
        float[] all = Arrays.copyOf(other.places, other.places.length + places.length);
        System.arraycopy(places, 0, all, other.places.length, places.length);
        return all;
    }

    @Override
    public String toString() {
        return text + " (" + left + ", " + y + ")";
    }
}
