package dev.lectern.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/** How wide characters are in a font of fixed width. */
public final class CharacterWidth {
    private CharacterWidth() {}

    /** Whether a character is as wide as two others, as those of Chinese and Japanese are (Unicode Standard Annex 11). */
    public static boolean isWide(int codePoint) {
        int width = UCharacter.getIntPropertyValue(codePoint, UProperty.EAST_ASIAN_WIDTH);
        return width == UCharacter.EastAsianWidth.WIDE || width == UCharacter.EastAsianWidth.FULLWIDTH;
    }
}
