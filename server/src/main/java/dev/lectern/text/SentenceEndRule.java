package dev.lectern.text;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Whether a single full stop ends a sentence or belongs to an abbreviation, an initial, an ordinal or the number of a list's item. Where both are possible
 * ("at 5 p.m. Then", "the U.S. Navy") the next word decides: a capitalised stop word begins a sentence.
 */
final class SentenceEndRule {
    private static final int LONGEST_ORDINAL = 3;
    private static final int LONGEST_LIST_NUMBER = 8;
    private static final Pattern LIST_NUMBER = Pattern.compile("\\d{1,3}(?:\\.\\d+)*|\\p{L}|[IVXivx]{1,4}");
    private static final Pattern ROMAN = Pattern.compile("[IVXLC]+");

    /** Letters that each have a point: "U.S", "p.m", "S.p.A". */
    private static final Pattern ACRONYM = Pattern.compile("\\p{L}(?:\\.\\p{L})+");

    /** Languages that write ordinals with a point: "am 3. Oktober". */
    private static final Set<String> POINTED_ORDINALS = Set.of(
            "de", "da", "nb", "no", "fi", "cs", "sk", "pl", "hu", "sl", "hr", "et", "lv", "is", "tr", "sr", "eu");

    /** Stop words that are names as well: "Dr. No", "J. Le Goff". */
    private static final Set<String> ALSO_NAMES = Abbreviations.words(
            "no who will may do more most so such over sure note second le la les el los las de del du des van von di da al");

    private static final Set<String> HALVES_OF_A_DAY = Abbreviations.words("a.m p.m");

    /** Capitalised words that may follow "5 p.m." in its sentence: days, months and zones of time. */
    private static final Set<String> BEHIND_A_TIME =
            Abbreviations.words("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
                    + " january february march april may june july august september october november december"
                    + " utc gmt cet cest eet bst ist jst est edt cst cdt mst mdt pst pdt et ct mt pt"
                    + " eastern central mountain pacific greenwich london paris berlin tokyo");

    private static final Map<String, SentenceEndRule> BY_LANGUAGE = new ConcurrentHashMap<>();

    private final Set<String> openers;
    private final boolean pointedOrdinals;
    private final boolean anyLanguage;

    private SentenceEndRule(String language) {
        openers = new HashSet<>(language.equals("und") ? StopWords.ofAnyLanguage() : StopWords.of(language));
        openers.removeAll(ALSO_NAMES);
        pointedOrdinals = POINTED_ORDINALS.contains(language);
        anyLanguage = language.equals("und");
    }

    /** @param language ISO 639-1, or {@code und} */
    static SentenceEndRule of(String language) {
        return BY_LANGUAGE.computeIfAbsent(language, SentenceEndRule::new);
    }

    /**
     * Whether the sentence goes on behind the full stop.
     *
     * @param start of the sentence
     * @param dot place of the full stop
     * @param next place of the next word's first letter
     */
    boolean continues(String text, int start, int dot, int next) {
        String word = wordBefore(text, start, dot);
        if (word.isEmpty()) {
            return false;
        }
        String following = wordAt(text, next);
        int wordStart = dot - word.length();
        if (isListNumber(text, start, wordStart, word)) {
            return true;
        }
        if (Character.isDigit(word.charAt(0)) && isSecondPart(text, start, wordStart)) {
            return false;
        }
        return Character.isDigit(word.charAt(0))
                ? isOrdinal(word, wordBefore(text, start, wordStart), following)
                : isAbbreviation(text, start, dot, word, following);
    }

    private static boolean isListNumber(String text, int start, int wordStart, String word) {
        return word.length() <= LONGEST_LIST_NUMBER
                && LIST_NUMBER.matcher(word).matches()
                && text.substring(start, wordStart).codePoints().noneMatch(Character::isLetterOrDigit);
    }

    /** The number of "Sauerstoff-18". */
    private static boolean isSecondPart(String text, int start, int wordStart) {
        return wordStart >= start + 2
                && text.charAt(wordStart - 1) == '-'
                && Character.isLetter(text.charAt(wordStart - 2));
    }

    private boolean isOrdinal(String number, String before, String following) {
        boolean digits = number.length() <= LONGEST_ORDINAL && number.chars().allMatch(Character::isDigit);
        if (!digits) {
            return false;
        }
        boolean reference = before.endsWith(".") && Abbreviations.isReference(lower(withoutPoint(before)));
        boolean date = anyLanguage && !following.isEmpty() && Character.isDigit(following.charAt(0));
        return date
                || NumberWords.month(lower(withoutPoint(following))) != null
                || (pointedOrdinals && !reference && !beginsSentence(following));
    }

    private boolean isAbbreviation(String text, int start, int dot, String word, String following) {
        String lower = lower(word);
        String spaced = spacedLetters(text, start, dot, lower);
        if (Abbreviations.isNeverLast(lower) || Abbreviations.isNeverLast(spaced)) {
            return true;
        }
        if (Abbreviations.isReference(lower) && isNumberOrLetter(following)) {
            return true;
        }
        if (HALVES_OF_A_DAY.contains(lower)
                && !following.isEmpty()
                && Character.isUpperCase(following.codePointAt(0))) {
            return BEHIND_A_TIME.contains(lower(withoutPoint(following)));
        }
        boolean mayBe = Abbreviations.isKnown(lower)
                || ACRONYM.matcher(word).matches()
                || isInitial(word)
                || (pointedOrdinals && ROMAN.matcher(word).matches());
        return mayBe && !beginsSentence(following);
    }

    private boolean beginsSentence(String following) {
        boolean initial = following.length() == 2 && following.endsWith(".");
        return !following.isEmpty()
                && !initial
                && !Character.isLowerCase(following.codePointAt(0))
                && openers.contains(lower(withoutPoint(following)));
    }

    private static boolean isNumberOrLetter(String following) {
        String bare = withoutPoint(following);
        return !bare.isEmpty()
                && (Character.isDigit(bare.charAt(0))
                        || ROMAN.matcher(bare).matches()
                        || (bare.length() == 1 && !bare.equals("I") && !bare.equals("A")));
    }

    private static boolean isInitial(String word) {
        return word.codePointCount(0, word.length()) == 1
                && Character.isLetter(word.codePointAt(0))
                && !WordTokenizer.isDense(word.codePointAt(0));
    }

    /** "z.b" of "z. B", which has a space between its letters. */
    private static String spacedLetters(String text, int start, int dot, String lower) {
        String letters = lower;
        int at = dot - lower.length();
        while (letters.length() < 8) {
            String before = wordBefore(text, start, at);
            if (before.length() != 2 || !before.endsWith(".")) {
                return letters;
            }
            letters = lower(before) + letters;
            at = text.lastIndexOf(before, at);
        }
        return letters;
    }

    /** Back to white space, a hyphen or an opening mark; white space right before {@code end} is skipped. */
    private static String wordBefore(String text, int start, int end) {
        int to = end;
        while (to > start && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        int from = to;
        while (from > start && !endsWord(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, to);
    }

    private static boolean endsWord(char c) {
        return Character.isWhitespace(c) || SentenceSplitter.isOpener(c) || "-–—/".indexOf(c) >= 0;
    }

    /** The word that begins here, with the full stop that touches it. */
    private static String wordAt(String text, int start) {
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || Character.getType(text.charAt(end)) == Character.NON_SPACING_MARK)) {
            end++;
        }
        return text.substring(start, end < text.length() && end > start && text.charAt(end) == '.' ? end + 1 : end);
    }

    private static String withoutPoint(String word) {
        return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
