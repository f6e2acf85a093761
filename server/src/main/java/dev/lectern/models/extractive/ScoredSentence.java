package dev.lectern.models.extractive;

import java.util.Comparator;

/**
 * A sentence with its score.
 *
 * @param cosine with the question; 0 where the embedder does not know the language
 * @param form what the score has for the form of the sentence rather than for what it says, such as that of a field
 */
record ScoredSentence(SentenceCandidate candidate, double score, double cosine, double form) {
    double scoreWithoutForm() {
        return score - form;
    }

    /** Best first; equal ones in the order of the passages and their texts. */
    static final Comparator<ScoredSentence> BEST_FIRST = Comparator.comparingDouble(ScoredSentence::score)
            .reversed()
            .thenComparingInt(scored -> scored.candidate().rank())
            .thenComparingInt(scored -> scored.candidate().position());
}
