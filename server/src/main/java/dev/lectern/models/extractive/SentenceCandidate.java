package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import java.util.Set;

/**
 * A sentence of a passage that may be quoted.
 *
 * @param rank of its passage, from 0
 * @param position in its passage, from 0
 * @param terms of the sentence
 * @param before terms of the previous sentence of the passage; none for a row
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
        boolean row) {

    private static final double REPETITION = 0.8;

    /** Whether it is a line without an end mark that adds fewer than three words to the question; a row, nothing at all. */
    boolean isHeading(Set<String> questionTerms) {
        long added = terms.stream().filter(term -> !questionTerms.contains(term)).count();
        return row ? added == 0 : added < 3 && !SentenceSplitter.hasEndMark(text);
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
