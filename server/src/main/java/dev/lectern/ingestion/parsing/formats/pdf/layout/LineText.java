package dev.lectern.ingestion.parsing.formats.pdf.layout;

import dev.lectern.text.VisualTextOrder;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the text of a piece from its glyphs: where words end, and in which order they are read. */
final class LineText {
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";
    /** No line begins with one of these. */
    private static final String ENDING = ".,;:!?،؛؟";

    private final StringBuilder text = new StringBuilder();
    private final List<Float> places = new ArrayList<>();

    private LineText() {}

    String text() {
        return text.toString();
    }

    /** Left and right end of each word of the text. */
    float[] places() {
        float[] result = new float[places.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = places.get(i);
        }
        return result;
    }

    /**
     * @param glyphs from left to right
     * @param rightToLeftPage whether most of the page is written from right to left
     */
    static LineText of(List<Glyph> glyphs, boolean rightToLeftPage) {
        boolean[] spaces = findSpaces(glyphs);
        StringBuilder visual = new StringBuilder();
        List<Integer> units = new ArrayList<>();
        for (int i = 0; i < glyphs.size(); i++) {
            if (spaces[i]) {
                visual.append(' ');
                units.add(-1);
            }
            visual.append(representative(glyphs.get(i).text));
            units.add(i);
        }
        LineText line = new LineText();
        String places = visual.toString();
        if (!VisualTextOrder.hasRightToLeft(places) && !(rightToLeftPage && startsWithEnding(places))) {
            units.forEach(unit -> line.append(unit, glyphs, false));
            return line;
        }
        VisualTextOrder order = VisualTextOrder.of(places, isRightToLeftLine(places, rightToLeftPage));
        boolean mirrored = hasBracketsInverted(places, order);
        for (int i = 0; i < order.length(); i++) {
            int index = order.visualIndex(i);
            line.append(units.get(index), glyphs, mirrored && order.isRightToLeftAt(index));
        }
        return line;
    }

    private void append(int unit, List<Glyph> glyphs, boolean mirrored) {
        if (unit < 0) {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
            return;
        }
        Glyph glyph = glyphs.get(unit);
        String letters = mirrored ? mirror(glyph.text) : glyph.text;
        int start = 0;
        while (start < letters.length()) {
            int space = letters.indexOf(' ', start);
            int end = space < 0 ? letters.length() : space;
            if (end > start) {
                appendLetters(letters.substring(start, end), glyph);
            }
            if (space >= 0) {
                append(-1, glyphs, false);
            }
            start = end + 1;
        }
    }

    private void appendLetters(String letters, Glyph glyph) {
        if (text.isEmpty() || text.charAt(text.length() - 1) == ' ') {
            places.add(glyph.left);
            places.add(glyph.right);
        } else {
            int last = places.size() - 2;
            places.set(last, Math.min(places.get(last), glyph.left));
            places.set(last + 1, Math.max(places.get(last + 1), glyph.right));
        }
        text.append(letters);
    }

    /** Before which glyphs a space is. */
    private static boolean[] findSpaces(List<Glyph> glyphs) {
        int count = glyphs.size();
        float[] gaps = new float[count];
        boolean[] spaces = new boolean[count];
        float widths = 0;
        int letters = 0;
        for (Glyph glyph : glyphs) {
            int length = Math.max(1, glyph.text.codePointCount(0, glyph.text.length()));
            widths += glyph.width();
            letters += length;
        }
        float letterWidth = widths / Math.max(1, letters);
        float end = count == 0 ? 0 : glyphs.getFirst().right;
        for (int i = 1; i < count; i++) {
            gaps[i] = glyphs.get(i).left - end;
            end = Math.max(end, glyphs.get(i).right);
        }
        float spread = spreadOf(glyphs, gaps);
        for (int i = 1; i < count; i++) {
            Glyph before = glyphs.get(i - 1);
            Glyph glyph = glyphs.get(i);
            float wide = threshold(before, glyph, letterWidth) + spread;
            spaces[i] = gaps[i] > wide || glyph.afterSpace;
        }
        return spaces;
    }

    private static float threshold(Glyph before, Glyph glyph, float letterWidth) {
        if (isIdeograph(before.text) && isIdeograph(glyph.text)) {
            return 0.6f * glyph.size;
        }
        float size = Math.min(before.size, glyph.size);
        float space = glyph.spaceWidth > 0 ? glyph.spaceWidth : 0.3f * glyph.size;
        return Math.clamp(Math.min(0.5f * space, 0.3f * letterWidth), 0.07f * size, 0.3f * size);
    }

    /** The gap between all letters of a word that is set widely, such as a title; 0 for usual text. */
    private static float spreadOf(List<Glyph> glyphs, float[] gaps) {
        if (glyphs.size() < 6 || glyphs.stream().anyMatch(glyph -> glyph.afterSpace)) {
            return 0;
        }
        float[] sorted = Arrays.copyOfRange(gaps, 1, gaps.length);
        Arrays.sort(sorted);
        float usual = sorted[sorted.length / 4];
        float size = glyphs.getFirst().size;
        return usual > 0.12f * size && sorted[sorted.length / 2] < 2 * usual ? 0.6f * usual + 0.1f * size : 0;
    }

    private static boolean isIdeograph(String text) {
        int character = text.codePointAt(0);
        if (character < 0x2E80) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || (character >= 0x3000 && character <= 0x303F)
                || (character >= 0xFF00 && character <= 0xFF65);
    }

    /** One UTF-16 unit with the direction of the glyph's text. */
    private static char representative(String text) {
        int first = text.codePointAt(0);
        if (first < 0x10000) {
            return (char) first;
        }
        return VisualTextOrder.isRightToLeft(first) ? '\u05D0' : 'a';
    }

    private static boolean startsWithEnding(String visual) {
        return !visual.isEmpty() && ENDING.indexOf(visual.charAt(0)) >= 0;
    }

    /** By its letters; but no line begins with the mark that ends a sentence. */
    private static boolean isRightToLeftLine(String visual, boolean rightToLeftPage) {
        int right = 0;
        int left = 0;
        for (int i = 0; i < visual.length(); i++) {
            char character = visual.charAt(i);
            if (VisualTextOrder.isRightToLeft(character)) {
                right++;
            } else if (Character.isLetter(character)) {
                left++;
            }
        }
        boolean endsLeft = startsWithEnding(visual);
        boolean endsRight = ENDING.indexOf(visual.charAt(visual.length() - 1)) >= 0;
        if (endsLeft != endsRight && right > 0) {
            return endsLeft;
        }
        return rightToLeftPage ? right > 0 || left == 0 : right > left;
    }

    /** Whether brackets are stored as they look, so that in text from right to left they close before they open. */
    private static boolean hasBracketsInverted(String visual, VisualTextOrder order) {
        int depth = 0;
        int wrong = 0;
        int seen = 0;
        for (int i = 0; i < order.length(); i++) {
            int index = order.visualIndex(i);
            if (!order.isRightToLeftAt(index)) {
                continue;
            }
            char character = visual.charAt(index);
            if (OPENING.indexOf(character) >= 0) {
                depth++;
                seen++;
            } else if (CLOSING.indexOf(character) >= 0) {
                depth--;
                seen++;
                wrong += depth < 0 ? 1 : 0;
            }
        }
        return wrong > 0 && wrong * 2 >= seen;
    }

    private static String mirror(String text) {
        char first = text.charAt(0);
        int opening = OPENING.indexOf(first);
        int closing = CLOSING.indexOf(first);
        if (opening >= 0) {
            return CLOSING.charAt(opening) + text.substring(1);
        }
        return closing >= 0 ? OPENING.charAt(closing) + text.substring(1) : text;
    }
}
