package dev.lectern.text;

import com.ibm.icu.text.Bidi;

/**
 * The logical order of text that is only known by its places on a page, from left to right: the inverse of the Unicode bidirectional algorithm. In Hebrew and
 * Arabic, letters go from right to left, but numbers and words of other scripts within them from left to right.
 */
public final class VisualTextOrder {
    private final int[] indices;
    private final boolean[] rightToLeft;

    private VisualTextOrder(int[] indices, boolean[] rightToLeft) {
        this.indices = indices;
        this.rightToLeft = rightToLeft;
    }

    /** Whether a text has letters that are written from right to left. */
    public static boolean hasRightToLeft(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (isRightToLeft(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a letter is written from right to left. */
    public static boolean isRightToLeft(int character) {
        if (character < '\u0590') {
            return false;
        }
        byte direction = Character.getDirectionality(character);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /**
     * Finds the order.
     *
     * @param visual one UTF-16 unit for each place, from left to right
     * @param rightToLeftLine whether the line as a whole is written from right to left
     */
    public static VisualTextOrder of(String visual, boolean rightToLeftLine) {
        Bidi bidi = new Bidi();
        bidi.setReorderingMode(Bidi.REORDER_INVERSE_LIKE_DIRECT);
        bidi.setPara(visual, rightToLeftLine ? Bidi.RTL : Bidi.LTR, null);
        int[] indices = visual.isEmpty() ? new int[0] : bidi.getVisualMap();
        boolean[] rightToLeft = new boolean[visual.length()];
        for (int i = 0; i < rightToLeft.length; i++) {
            rightToLeft[i] = (bidi.getLevelAt(i) & 1) == 1;
        }
        return new VisualTextOrder(indices, rightToLeft);
    }

    /** The number of places, in UTF-16 units. */
    public int length() {
        return indices.length;
    }

    /** The place in the visual text of a place of the logical one. */
    public int visualIndex(int logical) {
        return indices[logical];
    }

    /** Whether a place of the visual text was read from right to left, so that its brackets are mirrored. */
    public boolean isRightToLeftAt(int visual) {
        return rightToLeft[visual];
    }
}
