package dev.lectern.models.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where sentences begin and end. A line break ends one too, since parsers join the lines of a paragraph. Rules rather than {@code BreakIterator}, which
 * ends a sentence behind every abbreviation and does not know citation markers.
 */
public final class Sentences {
    private static final String ENDS = ".!?…";
    private static final String WIDE_ENDS = "。！？｡";
    private static final String CLOSERS = "\"'”’»)]』」）】›";
    private static final String OPENERS = "\"'“‘«([『「（【‹„¿¡";
    private static final int LONGEST_MARKER = 24;
    private static final Set<String> ABBREVIATIONS = Set.of(
            ("dr mr mrs ms prof st sr jr vs etc no nos vol fig inc ltd co corp gen col lt sgt capt rev hon gov sen rep pres dept univ approx ca cf al ed"
                            + " eds pp jan feb mar apr jun jul aug sep sept oct nov dec bzw usw mrd mio tsd ggf nr str abs bd hrsg sog evtl vgl sra srta ud uds núm pág"
                            + " mme mlle av env")
                    .split(" ", -1));

    /** Languages that write ordinals with a point: "am 3. Oktober". */
    private static final Set<String> POINTED_ORDINALS =
            Set.of("de", "da", "nb", "no", "fi", "cs", "sk", "pl", "hu", "sl", "hr", "et", "lv", "is", "tr");

    private final String text;
    private final boolean pointedOrdinals;

    private Sentences(String text, String language) {
        this.text = text;
        this.pointedOrdinals = POINTED_ORDINALS.contains(language);
    }

    /**
     * The sentences of a text in their order, without the white space around them; what has neither letter nor digit is none.
     *
     * @param language ISO 639-1, or {@code und}
     */
    public static List<Span> of(String text, String language) {
        return new Sentences(text, language).all();
    }

    private List<Span> all() {
        List<Span> sentences = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endAt(start, at);
            if (end < 0) {
                at++;
                continue;
            }
            add(start, end, sentences);
            start = end;
            at = end;
        }
        add(start, text.length(), sentences);
        return sentences;
    }

    /** The end of the sentence whose last mark is at this place, or -1. */
    private int endAt(int start, int at) {
        char c = text.charAt(at);
        if (c == '\n') {
            return at + 1;
        }
        if (WIDE_ENDS.indexOf(c) >= 0) {
            return behindClosers(behind(at, WIDE_ENDS));
        }
        if (ENDS.indexOf(c) < 0) {
            return -1;
        }
        int marks = behind(at, ENDS);
        int end = behindClosers(marks);
        if (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            return -1;
        }
        return c == '.' && marks == at + 1 && !endsSentence(start, at, end) ? -1 : end;
    }

    private boolean endsSentence(int start, int dot, int end) {
        int next = nextWord(end);
        if (next < text.length() && Character.isLowerCase(text.codePointAt(next)) && text.charAt(end) != '\n') {
            return false;
        }
        String word = wordBefore(start, dot);
        return !isAbbreviation(word) && !isOrdinal(start, dot, word);
    }

    private static boolean isAbbreviation(String word) {
        boolean letter = word.length() == 1 && Character.isLetter(word.charAt(0)) && !Words.isUnspaced(word.charAt(0));
        return letter
                || (word.indexOf('.') > 0 && word.length() <= 6 && !hasDigit(word))
                || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** The number of a list's item, or of a day or century in some languages. */
    private boolean isOrdinal(int start, int dot, String word) {
        return !word.isEmpty()
                && word.length() <= 2
                && word.chars().allMatch(Character::isDigit)
                && (pointedOrdinals
                        || text.substring(start, dot - word.length()).isBlank());
    }

    private String wordBefore(int start, int dot) {
        int from = dot;
        while (from > start
                && !Character.isWhitespace(text.charAt(from - 1))
                && OPENERS.indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        return text.substring(from, dot);
    }

    private int nextWord(int from) {
        int at = from;
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || OPENERS.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private int behind(int from, String marks) {
        int at = from;
        while (at < text.length() && marks.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Behind closing quotes and brackets, and behind markers such as {@code [2]} that touch the mark. */
    private int behindClosers(int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            int marker = c == '[' ? endOfMarker(at) : -1;
            if (marker > 0) {
                at = marker;
            } else if (CLOSERS.indexOf(c) >= 0) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private int endOfMarker(int open) {
        int last = Math.min(text.length(), open + LONGEST_MARKER);
        int close = text.substring(open, last).indexOf(']');
        return close < 0 ? -1 : open + close + 1;
    }

    private void add(int start, int end, List<Span> sentences) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        if (text.substring(from, to).codePoints().anyMatch(Character::isLetterOrDigit)) {
            sentences.add(new Span(from, to));
        }
    }

    private static boolean hasDigit(String word) {
        return word.chars().anyMatch(Character::isDigit);
    }
}
