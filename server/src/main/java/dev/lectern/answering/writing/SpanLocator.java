package dev.lectern.answering.writing;

import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import dev.lectern.text.TermExtractor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the sentence of a passage that supports a sentence of an answer: the one that shares most words with it, where a word counts less the more
 * sentences of the passage contain it. Of equals the first one wins. Without any shared word the result is the whole passage.
 */
final class SpanLocator {
    private static final Pattern MARKER = Pattern.compile("\\[\\d{1,4}]");

    private SpanLocator() {}

    /** @return a span of the passage; empty only when the passage is empty */
    static Span locate(String claim, CitablePassage citablePassage) {
        String passage = citablePassage.text();
        Set<String> wanted = TermExtractor.words(MARKER.matcher(claim).replaceAll(" "));
        List<Span> sentences = SentenceSplitter.of(passage, citablePassage.language());
        List<Set<String>> terms = sentences.stream()
                .map(span -> TermExtractor.words(span.in(passage)))
                .toList();
        Map<String, Integer> frequency = new HashMap<>();
        terms.forEach(set -> set.forEach(term -> frequency.merge(term, 1, Integer::sum)));
        Span best = new Span(0, passage.length());
        double bestScore = 0;
        for (int i = 0; i < sentences.size(); i++) {
            Set<String> shared = new HashSet<>(terms.get(i));
            shared.retainAll(wanted);
            double score = shared.stream()
                    .mapToDouble(term -> 1.0 / frequency.getOrDefault(term, 1))
                    .sum();
            if (score > bestScore + 1e-9) {
                best = sentences.get(i);
                bestScore = score;
            }
        }
        return best;
    }
}
