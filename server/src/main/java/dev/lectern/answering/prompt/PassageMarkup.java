package dev.lectern.answering.prompt;

import dev.lectern.library.Passage;
import dev.lectern.text.InvisibleCharacterFilter;
import java.util.regex.Pattern;

/** Formats a passage for a prompt. No text of the passage can close its element or open another one. */
final class PassageMarkup {
    private static final String OPENING = "<＜﹤‹";
    private static final Pattern DELIMITER = Pattern.compile(
            "[" + OPENING + "]\\s*(/?)\\s*(passages?|question)", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private PassageMarkup() {}

    static String of(int number, Passage passage) {
        String headings = String.join(" › ", passage.headings());
        return "<passage number=\"" + number + "\" title=\"" + attribute(passage.title())
                + (headings.isEmpty() ? "" : "\" headings=\"" + attribute(headings)) + "\">\n"
                + neutralize(passage.textWithTable()).strip() + "\n</passage>\n";
    }

    /** The text without delimiters of the prompt and without invisible characters. */
    static String neutralize(String text) {
        String visible = InvisibleCharacterFilter.filter(text);
        return mayContainDelimiter(visible) ? DELIMITER.matcher(visible).replaceAll("($1$2") : visible;
    }

    private static boolean mayContainDelimiter(String text) {
        return OPENING.chars().anyMatch(opening -> text.indexOf(opening) >= 0);
    }

    private static String attribute(String text) {
        return neutralize(text).replaceAll("[\"<>\\s]+", " ").strip();
    }
}
