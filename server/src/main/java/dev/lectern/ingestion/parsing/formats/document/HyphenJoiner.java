package dev.lectern.ingestion.parsing.formats.document;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what a hyphen at the end of a line was: the mark of a divided word, which goes, or one that somebody typed, which stays. The words of the document
 * itself are the word list.
 */
public final class HyphenJoiner {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*");
    private static final Pattern LAST_PART = Pattern.compile("[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*-$");
    private static final Pattern LAST_WORD = Pattern.compile("\\p{L}+$");
    private static final Pattern FIRST_PART = Pattern.compile("^[\\p{L}\\p{N}]+");
    /** After a hyphen these begin the next word: Haupt- und Nebensache, pre- and post-war. */
    private static final Set<String> CONJUNCTIONS =
            Set.of("und", "oder", "bis", "sowie", "and", "or", "to", "et", "ou", "y", "o", "e", "en", "of", "och");

    /** First words of compounds that are written with a hyphen and hardly begin another word. */
    private static final Set<String> COMPOUND_STARTS = Set.of("self", "well");

    /** Words of the document, and how often they are in it. */
    private final Map<String, Integer> words = new HashMap<>();

    /** @param lines of the document */
    public HyphenJoiner(List<String> lines) {
        boolean goesOn = false;
        for (String line : lines) {
            Matcher matcher = WORD.matcher(line);
            while (matcher.find()) {
                boolean divided =
                        (matcher.end() == line.length() - 1 && line.endsWith("-")) || (goesOn && matcher.start() == 0);
                if (!divided) {
                    words.merge(matcher.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
                }
            }
            goesOn = line.endsWith("-");
        }
    }

    /**
     * Prepares the text for the next line.
     *
     * @param text ends with a hyphen after a letter or digit
     */
    public void continueAfterHyphen(StringBuilder text, String next) {
        Matcher before = LAST_PART.matcher(text);
        Matcher after = FIRST_PART.matcher(next);
        if (!before.find() || !after.find()) {
            text.append(' ');
            return;
        }
        String first = text.substring(before.start(), text.length() - 1).toLowerCase(Locale.ROOT);
        String second = after.group().toLowerCase(Locale.ROOT);
        if (CONJUNCTIONS.contains(second)) {
            text.append(' ');
        } else if (isDivided(first, second, next)) {
            text.setLength(text.length() - 1);
        }
    }

    /** Whether a word goes on in the next line without a hyphen: it is in the document as a whole, and more often than either part. */
    public boolean isBrokenWord(CharSequence text, String next) {
        Matcher before = LAST_WORD.matcher(text);
        Matcher after = FIRST_PART.matcher(next);
        if (!before.find() || !after.find() || !Character.isLowerCase(next.codePointAt(0))) {
            return false;
        }
        String first = before.group().toLowerCase(Locale.ROOT);
        String second = after.group().toLowerCase(Locale.ROOT);
        int whole = words.getOrDefault(first + second, 0);
        return whole > words.getOrDefault(first, 0) && whole > words.getOrDefault(second, 0);
    }

    private boolean isDivided(String first, String second, String next) {
        if (!Character.isLowerCase(next.codePointAt(0)) || !Character.isLetter(first.codePointBefore(first.length()))) {
            return false;
        }
        if (words.containsKey(first + second)) {
            return true;
        }
        boolean typed = COMPOUND_STARTS.contains(first)
                || words.containsKey(first + "-" + second)
                || (words.containsKey(first) && words.containsKey(second));
        return !typed;
    }
}
