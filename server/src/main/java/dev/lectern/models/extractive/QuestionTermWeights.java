package dev.lectern.models.extractive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights of the terms of a question, as the inverse document frequency of BM25 over the candidate sentences, so that the words of the subject, which all of
 * them have, decide little. Immutable.
 */
final class QuestionTermWeights {
    private final Map<String, Double> weights = new HashMap<>();
    private final double total;

    QuestionTermWeights(Set<String> questionTerms, List<SentenceCandidate> candidates) {
        double sum = 0;
        for (String term : questionTerms) {
            long having =
                    candidates.stream().filter(c -> c.terms().contains(term)).count();
            double weight = Math.log1p((candidates.size() - having + 0.5) / (having + 0.5));
            weights.put(term, weight);
            sum += weight;
        }
        total = sum;
    }

    /** The terms of the question. */
    Set<String> terms() {
        return weights.keySet();
    }

    /** The share of the question that the terms have, 0 to 1. */
    double share(Set<String> terms) {
        return share(terms, Set.of());
    }

    /** The share that the terms have and others do not. */
    double share(Set<String> terms, Set<String> without) {
        double sum = 0;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            if (terms.contains(weight.getKey()) && !without.contains(weight.getKey())) {
                sum += weight.getValue();
            }
        }
        return total == 0 ? 0 : sum / total;
    }
}
