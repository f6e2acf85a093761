package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.models.text.Span;
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

    boolean isIn(QuotablePassage other) {
        return passage.number() == other.number();
    }
}
