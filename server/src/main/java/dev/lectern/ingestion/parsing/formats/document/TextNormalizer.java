package dev.lectern.ingestion.parsing.formats.document;

import java.text.Normalizer;

/** Normalises text: removes invisible characters, simplifies white space and composes characters (NFC). */
public final class TextNormalizer {
    private TextNormalizer() {}

    /** One line: any white space is one space. */
    public static String normalizeLine(String text) {
        return collapsed(text, false);
    }

    /** Several lines: line breaks stay, without white space around them. */
    public static String normalizeLines(String text) {
        return collapsed(text, true);
    }

    /** Code: line breaks and indentation stay; white space at line ends and empty lines at both ends are removed. */
    static String normalizeCode(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    clean.append('\n');
                }
            } else if (character == '\n') {
                trimEnd(clean);
                clean.append('\n');
            } else if (character == '\t') {
                clean.append("    ");
            } else {
                append(clean, text, i);
            }
        }
        return withoutEmptyEnds(clean);
    }

    private static String collapsed(String text, boolean keepLines) {
        StringBuilder clean = new StringBuilder(text.length());
        boolean space = false;
        boolean line = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isSpace(character)) {
                space = true;
                line |= keepLines && isLineBreak(character);
                continue;
            }
            int length = clean.length();
            if (space && length > 0) {
                clean.append(line ? '\n' : ' ');
            }
            int before = clean.length();
            append(clean, text, i);
            if (clean.length() == before) {
                clean.setLength(length);
            } else {
                space = false;
                line = false;
            }
        }
        return composed(clean.toString());
    }

    private static void append(StringBuilder clean, String text, int at) {
        char character = text.charAt(at);
        if (Character.isSurrogate(character)) {
            boolean high = Character.isHighSurrogate(character)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            boolean low =
                    Character.isLowSurrogate(character) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
            clean.append(high || low ? character : '\uFFFD');
        } else if (!isInvisible(character)) {
            clean.append(character == '\u00A0' ? ' ' : character);
        }
    }

    static boolean isSpace(char character) {
        return (character <= ' ' && !isControl(character))
                || character == '\u00A0'
                || character == '\u0085'
                || character == '\u3000'
                || character == '\u1680'
                || character == '\u205F'
                || (character >= '\u2000' && character <= '\u200A')
                || character == '\u202F'
                || character == '\u2028'
                || character == '\u2029';
    }

    private static boolean isLineBreak(char character) {
        return character == '\n'
                || character == '\r'
                || character == '\f'
                || character == '\u000B'
                || character == '\u0085'
                || character == '\u2028'
                || character == '\u2029';
    }

    /** Controls that are no white space. */
    private static boolean isControl(char character) {
        return character < ' ' && (character < '\t' || character > '\r');
    }

    /** Joiners stay: Persian and Hindi words, and emoji, need them. */
    private static boolean isInvisible(char character) {
        return isControl(character)
                || (character >= '\u007F' && character < '\u00A0')
                || character == '\u00AD'
                || character == '\u200B'
                || character == '\u2060'
                || character == '\uFEFF'
                || (character >= '\uFFF9' && character <= '\uFFFB')
                || character >= '\uFFFE';
    }

    private static String composed(String text) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static void trimEnd(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
    }

    private static String withoutEmptyEnds(StringBuilder text) {
        String stripped = text.toString().stripTrailing();
        int start = 0;
        for (int i = 0; i < stripped.length() && Character.isWhitespace(stripped.charAt(i)); i++) {
            if (stripped.charAt(i) == '\n') {
                start = i + 1;
            }
        }
        return stripped.substring(start);
    }
}
