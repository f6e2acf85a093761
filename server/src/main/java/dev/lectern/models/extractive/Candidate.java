package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.Span;
import java.util.Set;

/**
 * A sentence that may be quoted.
 *
 * @param rank of its passage, from 0
 * @param position in its passage, from 0
 * @param terms of the sentence
 * @param before terms of the sentence in front of it in the passage
 */
record Candidate(
        QuotablePassage passage,
        int rank,
        int position,
        Span span,
        String text,
        Set<String> terms,
        Set<String> before) {

    private static final String ENDS = ".!?…。！？｡";
    private static final double SAME = 0.8;

    /** Whether it is a line without an end that hardly says more than the question itself. */
    boolean isHeading(Set<String> questionTerms) {
        boolean ended = text.chars().skip(Math.max(0, text.length() - 3)).anyMatch(c -> ENDS.indexOf(c) >= 0);
        return !ended
                && terms.stream().filter(term -> !questionTerms.contains(term)).count() < 3;
    }

    /** Whether most words of the shorter one are the other's. */
    boolean repeats(Candidate other) {
        long shared = terms.stream().filter(other.terms::contains).count();
        return shared >= SAME * Math.min(terms.size(), other.terms.size());
    }

    boolean isIn(QuotablePassage other) {
        return passage.number() == other.number();
    }
}
