package dev.lectern.evaluation;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Measures of the text of an answer. Citation markers are ignored. */
final class AnswerTextMeasures {
    private static final Pattern MARKER = Pattern.compile("\\[\\d+(?:\\s*,\\s*\\d+)*]");
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern WITHOUT_SPACES =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]");

    private AnswerTextMeasures() {}

    /** Whether the text contains one of the gold answers. Letter case, punctuation and spaces are ignored. */
    static boolean contains(String text, List<String> answers) {
        String normal = normalize(text);
        return answers.stream()
                .map(AnswerTextMeasures::normalize)
                .anyMatch(answer -> !answer.isBlank() && normal.contains(answer));
    }

    /** The number of words by Unicode word boundaries, without words that have no letter or digit. */
    static int countWords(String text) {
        return count(BreakIterator.getWordInstance(Locale.ROOT), text);
    }

    static int countSentences(String text) {
        return count(BreakIterator.getSentenceInstance(Locale.ROOT), text);
    }

    private static int count(BreakIterator parts, String text) {
        String plain = MARKER.matcher(text).replaceAll("");
        parts.setText(plain);
        int count = 0;
        int start = parts.first();
        for (int end = parts.next(); end != BreakIterator.DONE; start = end, end = parts.next()) {
            count += plain.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit) ? 1 : 0;
        }
        return count;
    }

    private static String normalize(String text) {
        String folded = Normalizer.normalize(MARKER.matcher(text).replaceAll(" "), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
        boolean spaceless = WITHOUT_SPACES.matcher(folded).find();
        return NOT_WORD.matcher(folded).replaceAll(spaceless ? "" : " ").strip();
    }
}
