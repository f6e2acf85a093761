package dev.lectern.answering.prompt;

import dev.lectern.library.Passage;
import java.util.regex.Pattern;

/** Formats a passage for a prompt. No text of the passage can close its element or open another one. */
final class PassageMarkup {
    private static final String OPENING = "<＜﹤‹";
    /** Invisible characters that scripts and layout need. */
    private static final String ALLOWED_INVISIBLE = "\n\t\u200c\u200d";

    private static final Pattern DELIMITER = Pattern.compile(
            "[" + OPENING + "]\\s*(/?)\\s*(passages?|question)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^" + ALLOWED_INVISIBLE + "]]");

    private PassageMarkup() {}

    static String of(int number, Passage passage) {
        String headings = String.join(" › ", passage.headings());
        return "<passage number=\"" + number + "\" title=\"" + attribute(passage.title())
                + (headings.isEmpty() ? "" : "\" headings=\"" + attribute(headings)) + "\">\n"
                + neutralize(passage.textWithTable()).strip() + "\n</passage>\n";
    }

    /** The text without delimiters of the prompt and without invisible characters. */
    static String neutralize(String text) {
        String visible = hasInvisible(text) ? CONTROL.matcher(text).replaceAll("") : text;
        return mayContainDelimiter(visible) ? DELIMITER.matcher(visible).replaceAll("($1$2") : visible;
    }

    /** A fast test, because most texts have no invisible characters and the regular expression is slow. */
    private static boolean hasInvisible(String text) {
        int character;
        for (int at = 0; at < text.length(); at += Character.charCount(character)) {
            character = text.codePointAt(at);
            int type = Character.getType(character);
            if ((type == Character.CONTROL || type == Character.FORMAT) && ALLOWED_INVISIBLE.indexOf(character) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayContainDelimiter(String text) {
        return OPENING.chars().anyMatch(opening -> text.indexOf(opening) >= 0);
    }

    private static String attribute(String text) {
        return neutralize(text).replaceAll("[\"<>\\s]+", " ").strip();
    }
}
