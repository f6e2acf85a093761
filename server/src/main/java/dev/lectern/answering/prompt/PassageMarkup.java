package dev.lectern.answering.prompt;

import dev.lectern.library.Passage;
import java.util.regex.Pattern;

/** A passage as it stands in a prompt. Nothing in it can end it early or look like another one. */
final class PassageMarkup {
    private static final String OPENING = "<＜﹤‹";
    /** What scripts and layout need. */
    private static final String KEPT = "\n\t\u200c\u200d";

    private static final Pattern DELIMITER = Pattern.compile(
            "[" + OPENING + "]\\s*(/?)\\s*(passages?|question)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^" + KEPT + "]]");

    private PassageMarkup() {}

    static String of(int number, Passage passage) {
        String headings = String.join(" › ", passage.headings());
        return "<passage number=\"" + number + "\" title=\"" + attribute(passage.title())
                + (headings.isEmpty() ? "" : "\" headings=\"" + attribute(headings)) + "\">\n"
                + neutral(passage.text()).strip() + "\n</passage>\n";
    }

    /** The text without what would be taken for the prompt's own delimiters, and without invisible characters. */
    static String neutral(String text) {
        String visible = hasInvisible(text) ? CONTROL.matcher(text).replaceAll("") : text;
        return mayDelimit(visible) ? DELIMITER.matcher(visible).replaceAll("($1$2") : visible;
    }

    /** Most texts have none, and a regular expression takes long to say so. */
    private static boolean hasInvisible(String text) {
        int character;
        for (int at = 0; at < text.length(); at += Character.charCount(character)) {
            character = text.codePointAt(at);
            int type = Character.getType(character);
            if ((type == Character.CONTROL || type == Character.FORMAT) && KEPT.indexOf(character) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayDelimit(String text) {
        return OPENING.chars().anyMatch(opening -> text.indexOf(opening) >= 0);
    }

    private static String attribute(String text) {
        return neutral(text).replaceAll("[\"<>\\s]+", " ").strip();
    }
}
