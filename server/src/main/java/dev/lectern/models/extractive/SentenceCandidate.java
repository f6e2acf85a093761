package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A sentence of a passage that may be quoted.
 *
 * @param rank of its passage, from 0
 * @param position in its passage, from 0
 * @param terms of the sentence
 * @param before terms of the previous sentence of the passage; none for a row
 * @param subject the nearest line above that names an identifier and is no sentence, such as "Invoice no. 90419", if nothing names another one in between;
 *     empty for a row
 * @param row whether it is a row of a table; its text then has the names of the columns
 */
record SentenceCandidate(
        QuotablePassage passage,
        int rank,
        int position,
        Span span,
        String text,
        Set<String> terms,
        Set<String> before,
        String subject,
        boolean row) {

    private static final double REPETITION = 0.8;

    /**
     * Whether it is a line without an end mark that adds fewer than three words to the question, and no number, which would be a value unless it is an
     * identifier; a row, nothing at all.
     */
    boolean isHeading(Set<String> questionTerms) {
        List<String> added =
                terms.stream().filter(term -> !questionTerms.contains(term)).toList();
        if (row || isSentence(text)) {
            return row && added.isEmpty();
        }
        return added.size() < 3
                && (QuestionIdentifiers.namesAny(text)
                        || added.stream().noneMatch(term -> Character.isDigit(term.codePointAt(0))));
    }

    /** Whether it is a line without an end mark and without a word that the question does not have: it cannot be an answer. */
    boolean isEcho(Set<String> questionTerms) {
        return !row && !isSentence(text) && questionTerms.containsAll(terms);
    }

    /** The point within a number such as 10.2.1 ends no sentence. */
    static boolean isSentence(String text) {
        return SentenceSplitter.hasEndMark(text) && !Character.isLetterOrDigit(text.codePointBefore(text.length()));
    }

    /** The names of the columns of a row but the first, which is that of its label; empty for a sentence. */
    List<String> columns() {
        if (!row) {
            return List.of();
        }
        return Arrays.stream(text.split(TableContext.SHOWN_GAP, -1))
                .skip(1)
                .map(cell -> cell.substring(0, Math.max(0, cell.indexOf(": "))))
                .toList();
    }

    /** Whether the longer of the two has most words of the shorter one. */
    boolean repeats(SentenceCandidate other) {
        long shared = terms.stream().filter(other.terms::contains).count();
        return shared >= REPETITION * Math.min(terms.size(), other.terms.size());
    }

    boolean isFrom(QuotablePassage other) {
        return passage.number() == other.number();
    }
}
