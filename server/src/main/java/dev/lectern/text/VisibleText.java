package dev.lectern.text;

import java.util.regex.Pattern;

/**
 * Which characters of a text readers see. Names are shown in lists and files beside others: a line break, a control character or a change of the writing
 * direction in one of them would falsify what stands beside it.
 */
public final class VisibleText {
    private static final int HANGUL_CHOSEONG_FILLER = 0x115F;
    private static final int HANGUL_JUNGSEONG_FILLER = 0x1160;
    private static final int HANGUL_FILLER = 0x3164;
    private static final int HALFWIDTH_HANGUL_FILLER = 0xFFA0;
    private static final int BRAILLE_BLANK = 0x2800;
    private static final int GRAPHEME_JOINER = 0x034F;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private static final Pattern ESCAPE = Pattern.compile("\\\\u[0-9A-F]{4}");

    private VisibleText() {}

    /** Whether a reader sees nothing of the text: it is empty or has only white space, format and control characters. */
    public static boolean isBlank(String text) {
        return text.codePoints().noneMatch(VisibleText::isVisible);
    }

    /**
     * The text as a name on one line. Line breaks and other white space become one space; controls, marks of the writing direction and other characters
     * without a shape are removed, and so are halves of surrogate pairs. Joiners between letters stay: Persian and Hindi words, and emoji, need them.
     *
     * @return stripped; empty when nothing is visible
     */
    public static String toName(String text) {
        if (isBlank(text)) {
            return "";
        }
        StringBuilder name = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isSpace(character)) {
                space = true;
            } else if (!isRemoved(character)) {
                if (space && !name.isEmpty()) {
                    name.append(' ');
                }
                space = false;
                name.appendCodePoint(character);
            }
        }
        return name.toString();
    }

    /**
     * Like {@link #toName}, but two texts never become the same name: what would be removed or changed becomes a Unicode escape as in Java, and so does a
     * backslash that would read as the begin of one. Letters that look alike, such as composed and decomposed ones, remain different.
     */
    public static String toUniqueName(String text) {
        StringBuilder name = new StringBuilder(text.length());
        boolean blank = isBlank(text);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int end = i + Character.charCount(character);
            boolean visible = character == ' '
                    ? !blank && !name.isEmpty() && name.charAt(name.length() - 1) != ' ' && end < text.length()
                    : !blank && !isSpace(character) && !isRemoved(character) && !isEscape(text, i);
            if (visible) {
                name.appendCodePoint(character);
            } else {
                text.substring(i, end).chars().forEach(unit -> name.append(String.format("\\u%04X", unit)));
            }
            i = end;
        }
        return name.toString();
    }

    private static boolean isEscape(String text, int at) {
        return ESCAPE.matcher(text).region(at, text.length()).lookingAt();
    }

    private static boolean isVisible(int character) {
        return switch (character) {
            case HANGUL_CHOSEONG_FILLER,
                    HANGUL_JUNGSEONG_FILLER,
                    HANGUL_FILLER,
                    HALFWIDTH_HANGUL_FILLER,
                    BRAILLE_BLANK,
                    GRAPHEME_JOINER -> false;
            default -> !isSpace(character) && !isRemoved(character) && !isJoiner(character) && !isMark(character);
        };
    }

    /** Marks are visible on a letter only. */
    private static boolean isMark(int character) {
        return Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static boolean isJoiner(int character) {
        return character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == '\u0085';
    }

    private static boolean isRemoved(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> true;
            case Character.FORMAT -> !isJoiner(character) && !isTag(character);
            default -> false;
        };
    }

    /** Tags spell the regions of flags after a black flag. */
    private static boolean isTag(int character) {
        return character >= 0xE0020 && character <= 0xE007F;
    }
}
