package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.LongTextDivider;
import dev.lectern.text.SentenceSplitter;
import dev.lectern.text.Span;
import dev.lectern.text.TermExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Extracts the sentences of passages that may be quoted. Lines without an end mark, such as code and tables, are divided, so that quotes stay readable. */
final class SentenceCandidates {
    /** UTF-16 units. */
    static final int MAX_LENGTH = 480;

    private static final int MAX_PER_PASSAGE = 100;

    private SentenceCandidates() {}

    static List<SentenceCandidate> of(List<QuotablePassage> passages, Set<String> stopWords) {
        List<SentenceCandidate> candidates = new ArrayList<>();
        for (int rank = 0; rank < passages.size(); rank++) {
            add(passages.get(rank), rank, stopWords, candidates);
        }
        return candidates;
    }

    private static void add(
            QuotablePassage passage, int rank, Set<String> stopWords, List<SentenceCandidate> candidates) {
        Set<String> before = Set.of();
        int position = 0;
        for (Span span : pieces(passage)) {
            String text = span.in(passage.text());
            Set<String> terms = TermExtractor.stems(text, stopWords);
            candidates.add(new SentenceCandidate(passage, rank, position++, span, text, terms, before));
            before = terms;
        }
    }

    private static List<Span> pieces(QuotablePassage passage) {
        List<Span> pieces = new ArrayList<>();
        for (Span sentence : completed(passage.text(), SentenceSplitter.of(passage.text(), passage.language()))) {
            pieces.addAll(LongTextDivider.divide(passage.text(), sentence, MAX_LENGTH));
        }
        return pieces.subList(0, Math.min(pieces.size(), MAX_PER_PASSAGE));
    }

    /** A sentence that ends with a colon says nothing without the one that it announces. */
    private static List<Span> completed(String text, List<Span> sentences) {
        List<Span> completed = new ArrayList<>();
        for (Span sentence : sentences) {
            Span last = completed.isEmpty() ? sentence : completed.getLast();
            boolean announced = !completed.isEmpty() && ":：".indexOf(text.charAt(last.end() - 1)) >= 0;
            if (announced && sentence.end() - last.start() <= MAX_LENGTH) {
                completed.removeLast();
                completed.add(new Span(last.start(), sentence.end()));
            } else {
                completed.add(sentence);
            }
        }
        return completed;
    }
}
