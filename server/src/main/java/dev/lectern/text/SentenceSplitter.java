package dev.lectern.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Finds the sentences of a text in any script. ICU's sentence break iterator (Unicode Standard Annex 29) knows the end marks, such as {@code ।}, {@code ۔},
 * {@code ؟}, {@code ։}, {@code ።} and those of Chinese and Japanese; {@link SentenceEndRule} rejects the ends behind abbreviations, initials and ordinals. This
 * class adds what the annex leaves out: ellipses, citation markers such as {@code [2]} that touch the mark, quotation marks that open and close alike, line
 * breaks, and Thai and Lao, which have no end marks: there a space ends a sentence that is long enough.
 *
 * <p>ICU's own filter for abbreviations ({@code FilteredBreakIteratorBuilder}) is not used: it compares the last letters without looking for the beginning of
 * the word, so that "casino." counts as "no.", and it knows an abbreviation only before a single space.
 */
public final class SentenceSplitter {

    /** What a line break means. */
    public enum LineBreaks {
        /** For text that is shown: parsers join the lines of a paragraph, so that a break that is left is meant. */
        END_SENTENCE,
        /** For text that may be wrapped at a fixed width. An empty line still ends a sentence. */
        CONTINUE_SENTENCE
    }

    private static final String CLOSERS = "\"'”’»)]}』」）】］〉》›*_`";

    /** They open in some languages and close in others; before a letter they open. */
    private static final String AMBIGUOUS = "\"'“‘«»›‹*_`";

    private static final String SUPERSCRIPTS = "¹²³⁰⁴⁵⁶⁷⁸⁹";
    private static final String LINE_BREAKS = "\n\r\u0085\u2028\u2029";
    private static final char ELLIPSIS = '…';
    private static final char ETHIOPIC_WORD_SPACE = '፡';
    /** Tibetan ends sentences and clauses with it; Unicode does not count it among the marks of sentences. */
    private static final String TIBETAN_ENDS = "\u0F0D\u0F0E";

    private static final int LONGEST_MARKER = 24;
    private static final int LAST_CHARACTERS = 3;

    /** A Thai space also parts clauses and lists; a sentence has rarely fewer characters. */
    private static final int SHORTEST_UNMARKED = 60;

    private static final BreakIterator ROOT = BreakIterator.getSentenceInstance(ULocale.ROOT);

    /** Greek asks with a semicolon. */
    private static final BreakIterator GREEK = BreakIterator.getSentenceInstance(new ULocale("el"));

    private final String text;
    private final LineBreaks lineBreaks;
    private final String language;
    private final SentenceEndRule endRule;
    private final DotLeaders leaders;

    private SentenceSplitter(String text, String language, LineBreaks lineBreaks) {
        this.text = text;
        this.lineBreaks = lineBreaks;
        this.language = language;
        this.endRule = SentenceEndRule.of(language);
        this.leaders = DotLeaders.of(text);
    }

    /**
     * The sentences of a text in their order, without the white space around them; a line break ends one, and what has neither letter nor digit is none.
     *
     * @param language ISO 639-1, or {@code und}
     */
    public static List<Span> of(String text, String language) {
        return split(text, new Span(0, text.length()), language, LineBreaks.END_SENTENCE).stream()
                .filter(span -> span.in(text).codePoints().anyMatch(Character::isLetterOrDigit))
                .toList();
    }

    /**
     * The sentences of a stretch of a text in their order; together they cover all of it that is not white space.
     *
     * @param language ISO 639-1, or {@code und}
     * @return spans of {@code text}
     */
    public static List<Span> split(String text, Span range, String language, LineBreaks lineBreaks) {
        return new SentenceSplitter(range.in(text), language, lineBreaks)
                .sentences().stream()
                        .map(span -> new Span(range.start() + span.start(), range.start() + span.end()))
                        .toList();
    }

    /** Whether an end mark stands at the end of a sentence or right before its closing marks. */
    public static boolean hasEndMark(String sentence) {
        return sentence.codePoints()
                .skip(Math.max(0, sentence.codePointCount(0, sentence.length()) - LAST_CHARACTERS))
                .anyMatch(c -> c == ELLIPSIS || isUnicodeMark(c));
    }

    private List<Span> sentences() {
        List<Span> sentences = new ArrayList<>();
        int start = 0;
        for (int candidate : candidates()) {
            int end = candidate <= start ? -1 : endAt(start, candidate);
            if (end > start) {
                add(start, end, sentences);
                start = end;
            }
        }
        add(start, text.length(), sentences);
        return sentences;
    }

    private void add(int start, int end, List<Span> sentences) {
        Span sentence = Span.trimmed(text, start, end);
        if (!sentence.isEmpty()) {
            sentences.add(sentence);
        }
    }

    /** Places right behind an end mark, a line break or a space that may end a sentence. */
    private NavigableSet<Integer> candidates() {
        NavigableSet<Integer> candidates = new TreeSet<>();
        BreakIterator breaks = (BreakIterator) (language.equals("el") ? GREEK : ROOT).clone();
        breaks.setText(withoutLineBreaks());
        for (int at = breaks.next(); at != BreakIterator.DONE; at = breaks.next()) {
            int mark = behindLastMark(at);
            if (mark > 0) {
                candidates.add(mark);
            }
        }
        for (int at = 0; at < text.length(); at++) {
            if (mayEndUnmarked(at)) {
                candidates.add(at + 1);
            }
        }
        candidates.addAll(leaders.ends());
        return candidates;
    }

    private String withoutLineBreaks() {
        StringBuilder one = new StringBuilder(text);
        for (int i = 0; i < one.length(); i++) {
            if (isLineBreak(i)) {
                one.setCharAt(i, ' ');
            }
        }
        return one.toString();
    }

    /** ICU's boundary is behind the spaces and brackets that follow the mark; 0 where no mark made it. */
    private int behindLastMark(int boundary) {
        int at = boundary;
        while (at > 0) {
            int before = text.codePointBefore(at);
            if (isMark(before)) {
                return at;
            }
            if (Character.isLetterOrDigit(before)) {
                return 0;
            }
            at -= Character.charCount(before);
        }
        return 0;
    }

    private boolean isMark(int character) {
        return isUnicodeMark(character) || (character == ';' && language.equals("el"));
    }

    private static boolean isUnicodeMark(int character) {
        int sentenceBreak = UCharacter.getIntPropertyValue(character, UProperty.SENTENCE_BREAK);
        return sentenceBreak == UCharacter.SentenceBreak.STERM || sentenceBreak == UCharacter.SentenceBreak.ATERM;
    }

    /** Ends that Unicode's rules do not see. */
    private boolean mayEndUnmarked(int at) {
        char c = text.charAt(at);
        if (isLineBreak(at)) {
            return lineBreaks == LineBreaks.END_SENTENCE || isEmptyLineBehind(at);
        }
        return c == ELLIPSIS
                || (c == ETHIOPIC_WORD_SPACE && at > 0 && text.charAt(at - 1) == ETHIOPIC_WORD_SPACE)
                || (TIBETAN_ENDS.indexOf(c) >= 0 && at + 1 < text.length() && text.charAt(at + 1) == ' ')
                || (".!?".indexOf(c) >= 0 && isBeforeSpaceOrMarker(at))
                || (c == ' ' && isUnmarkedScript(at - 1) && isUnmarkedScript(at + 1));
    }

    /** Unicode's rules look past digits and dashes for a lower-case letter ("It rose. 7 to 10 percent"); here the first character decides. */
    private boolean isBeforeSpaceOrMarker(int at) {
        int end = behindClosers(at + 1);
        return at + 1 < text.length()
                && (text.charAt(at + 1) == '[' || (end < text.length() && Character.isWhitespace(text.charAt(end))));
    }

    private boolean isLineBreak(int at) {
        return LINE_BREAKS.indexOf(text.charAt(at)) >= 0;
    }

    private boolean isEmptyLineBehind(int lineBreak) {
        if (text.charAt(lineBreak) != '\n') {
            return text.charAt(lineBreak) == '\u2029';
        }
        int at = lineBreak + 1;
        while (at < text.length() && Character.isWhitespace(text.charAt(at)) && text.charAt(at) != '\n') {
            at++;
        }
        return at < text.length() && text.charAt(at) == '\n';
    }

    private boolean isUnmarkedScript(int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(text.charAt(at));
        return script == Character.UnicodeScript.THAI || script == Character.UnicodeScript.LAO;
    }

    /** The end of the sentence that may end at this candidate, or -1. */
    private int endAt(int start, int candidate) {
        char last = text.charAt(candidate - 1);
        if (isLineBreak(candidate - 1) || leaders.ends().contains(candidate)) {
            return candidate;
        }
        if (leaders.contains(candidate - 1)) {
            return -1;
        }
        if (last == ' ') {
            return candidate - start >= SHORTEST_UNMARKED ? candidate : -1;
        }
        int end = behindClosers(candidate);
        if (!needsSpace(last)) {
            return end;
        }
        boolean parted = end == text.length()
                || Character.isWhitespace(text.charAt(end))
                || ((last == '!' || last == '?') && WordTokenizer.isDense(text.codePointAt(end)));
        int next = nextLetter(end);
        if (!parted || isLowerCase(next) || (next < text.length() && text.charAt(next) == '.')) {
            return -1;
        }
        boolean single = last == '.' && (candidate < 2 || text.charAt(candidate - 2) != '.');
        return single && end < text.length() && endRule.continues(text, start, candidate - 1, next) ? -1 : end;
    }

    /** Marks of scripts with spaces stand within words and addresses, too. */
    private static boolean needsSpace(char mark) {
        return mark == '.' || mark == '!' || mark == '?' || mark == ELLIPSIS || mark == ';';
    }

    private boolean isLowerCase(int at) {
        return at < text.length() && Character.isLowerCase(text.codePointAt(at));
    }

    /** Behind white space, quotation marks and brackets. */
    private int nextLetter(int from) {
        int at = from;
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || isOpener(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    static boolean isOpener(char c) {
        return "([{『「（【„¿¡".indexOf(c) >= 0 || AMBIGUOUS.indexOf(c) >= 0;
    }

    /** Behind closing quotation marks and brackets, and behind citation markers that touch the mark. */
    private int behindClosers(int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            int marker = c == '[' ? endOfMarker(at) : -1;
            if (marker > 0) {
                at = marker;
            } else if (isSpacedGuillemet(at)) {
                at += 2;
            } else if (SUPERSCRIPTS.indexOf(c) >= 0 || isCloser(at)) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    /** French has a space inside of its quotation marks. */
    private boolean isSpacedGuillemet(int at) {
        return at + 1 < text.length()
                && Character.isSpaceChar(text.charAt(at))
                && "»›".indexOf(text.charAt(at + 1)) >= 0
                && !isBeforeWord(at + 1);
    }

    private boolean isCloser(int at) {
        char c = text.charAt(at);
        return AMBIGUOUS.indexOf(c) >= 0 ? !isBeforeWord(at) : CLOSERS.indexOf(c) >= 0;
    }

    private boolean isBeforeWord(int mark) {
        int at = mark + 1;
        while (at < text.length() && isOpener(text.charAt(at))) {
            at++;
        }
        return at < text.length() && Character.isLetterOrDigit(text.codePointAt(at));
    }

    private int endOfMarker(int open) {
        int last = Math.min(text.length(), open + LONGEST_MARKER);
        int close = text.substring(open, last).indexOf(']');
        return close < 0 ? -1 : open + close + 1;
    }
}
