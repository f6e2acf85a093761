package dev.lectern.text;

/**
 * Removes what nobody sees in a running text, in which it could hide orders to a model or change how a text reads: controls, marks of the writing direction,
 * tags and other characters without a shape, and all but the first variation selector after a character. Line breaks, tabs and joiners stay, since layout
 * and scripts need them. Not thread-safe; texts in pieces need one filter.
 */
public final class InvisibleCharacterFilter {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private boolean afterSelector = true;

    /** The text without such characters. */
    public static String filter(String text) {
        if (!mayHaveInvisible(text)) {
            return text;
        }
        InvisibleCharacterFilter filter = new InvisibleCharacterFilter();
        return text.codePoints()
                .filter(filter::keeps)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether the next character of the text stays. */
    public boolean keeps(int character) {
        if (isSelector(character)) {
            boolean first = !afterSelector;
            afterSelector = true;
            return first;
        }
        boolean kept = !isInvisible(character);
        afterSelector &= !kept;
        return kept;
    }

    /** Most texts have none. */
    private static boolean mayHaveInvisible(String text) {
        return text.codePoints().anyMatch(character -> isSelector(character) || isInvisible(character));
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            case Character.FORMAT ->
                character != ZERO_WIDTH_NON_JOINER && character != ZERO_WIDTH_JOINER && !isShown(character);
            default -> false;
        };
    }

    /** Signs of Arabic, Syriac and Kaithi numbers and verses have a shape. */
    private static boolean isShown(int character) {
        return (character >= 0x600 && character <= 0x605)
                || character == 0x6DD
                || character == 0x70F
                || (character >= 0x890 && character <= 0x891)
                || character == 0x8E2
                || character == 0x110BD
                || character == 0x110CD;
    }

    private static boolean isSelector(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
    }
}
