package dev.lectern.models.extractive;

import java.util.Comparator;

/**
 * A sentence with its score.
 *
 * @param cosine with the question; 0 where the embedder does not know the language
 */
record Scored(Candidate candidate, double score, double cosine) {
    /** Best first; equal ones in the order of the passages and their texts. */
    static final Comparator<Scored> BEST_FIRST = Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparingInt(scored -> scored.candidate().rank())
            .thenComparingInt(scored -> scored.candidate().position());
}
