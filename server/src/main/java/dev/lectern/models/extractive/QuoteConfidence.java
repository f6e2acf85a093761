package dev.lectern.models.extractive;

import dev.lectern.models.QuotablePassage;
import dev.lectern.text.MentionExtractor;
import dev.lectern.text.MentionIndex;
import dev.lectern.text.TableContext;
import dev.lectern.text.TermExtractor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The confidence that the chosen sentences answer a question: from their cosine with it, the share of its words that they have, and the number of its names
 * and numbers that the quoted passages do not mention. The curve of right and wrong abstentions is in docs/quality/abstention.md.
 */
final class QuoteConfidence {
    private static final double WORDS = 0.1;
    private static final double MISSING = 0.1;
    private static final int MOST_MISSING = 2;

    /** For sentences without an embedding: about what an answer has. */
    private static final double USUAL_COSINE = 0.7;

    private final String question;
    private final String language;
    private final Set<String> terms;

    QuoteConfidence(String question, String language, Set<String> terms) {
        this.question = question;
        this.language = language;
        this.terms = terms;
    }

    /**
     * 0 to 1.
     *
     * @param nearest the best sentence by what it says alone: the form of a sentence decides which one is quoted, not whether the documents have an answer
     */
    double of(List<ScoredSentence> chosen, ScoredSentence nearest) {
        double cosine = Math.max(chosen.getFirst().cosine(), nearest.cosine());
        double near = cosine == 0 ? USUAL_COSINE : cosine;
        double confidence = near + WORDS * share(chosen) - MISSING * Math.min(missing(chosen), MOST_MISSING);
        return Math.clamp(confidence, 0, 1);
    }

    private double share(List<ScoredSentence> chosen) {
        Set<String> said = new HashSet<>();
        for (ScoredSentence scored : chosen) {
            said.addAll(scored.candidate().terms());
            said.addAll(TermExtractor.stems(scored.candidate().subject(), Set.of()));
            said.addAll(TermExtractor.stems(scored.candidate().passage().title(), Set.of()));
        }
        long shared = terms.stream().filter(said::contains).count();
        return terms.isEmpty() ? 0 : shared / (double) terms.size();
    }

    private long missing(List<ScoredSentence> chosen) {
        MentionIndex mentionIndex = MentionIndex.of(chosen.stream()
                .map(scored -> scored.candidate().passage())
                .distinct()
                .map(QuoteConfidence::fullText)
                .collect(Collectors.joining("\n")));
        return MentionExtractor.of(question, language).stream()
                .filter(mention -> !mentionIndex.containsApproximately(mention))
                .count();
    }

    private static String fullText(QuotablePassage passage) {
        TableContext table = passage.table();
        String above = table == null ? "" : String.join("\n", table.lines(passage.text()));
        return passage.title() + "\n" + above + "\n" + passage.text();
    }
}
