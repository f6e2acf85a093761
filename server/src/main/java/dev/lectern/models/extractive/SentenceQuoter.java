package dev.lectern.models.extractive;

import dev.lectern.models.Embedder;
import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.models.QuoteOutcome.Quote;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.models.Quoter;
import dev.lectern.models.text.FunctionWords;
import dev.lectern.shared.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Chooses sentences by a sum of four figures: the cosine with the question (of the sentence below its document's title), the share of the question's words in
 * the sentence, those in the sentence before it, and the passage's rank in the search. Words choose which sentences are embedded, so that an answer costs
 * {@value #EMBEDDED} short embeddings at most. The figures were chosen on plateaus: see docs/decisions/extractive-answers.md.
 */
public final class SentenceQuoter implements Quoter {
    private static final int PASSAGES = 6;
    private static final int EMBEDDED = 8;
    private static final int LONGEST_TITLE = 240;

    private static final double COSINE = 4;
    private static final double WORDS = 1;
    private static final double WORDS_BEFORE = 0.5;
    private static final double PASSAGE = 1;
    private static final double NEW_WORDS = 1;

    /** Of the sentence before the best one, which often says whom "he" or "this" means. */
    private static final double LEADS_TO_BEST = 0.25;

    /** Taken from a line that repeats the question and answers nothing. */
    private static final double HEADING = 1;

    /** A first sentence that leads by more stands alone. */
    private static final double CLEAR_LEAD = 0.8;

    /** So much more confidence is wanted of sentences from passages that the search thinks weak. See docs/quality/ranking.md. */
    private static final double CAUTION = 0.02;

    private final Embedder embedder;
    private final double leastConfidence;

    public SentenceQuoter(Embedder embedder, ExtractiveProperties properties) {
        this.embedder = embedder;
        this.leastConfidence = properties.confidence();
    }

    @Override
    public QuoteOutcome quote(String question, List<QuotablePassage> passages, boolean weak, Deadline deadline) {
        List<QuotablePassage> nearest = passages.subList(0, Math.min(passages.size(), PASSAGES));
        Embedder model = embedder.resolve();
        String language = nearest.isEmpty() ? "und" : nearest.getFirst().language();
        Set<String> functionWords = FunctionWords.of(language);
        List<Candidate> candidates = Candidates.of(nearest, functionWords);
        if (candidates.isEmpty() || (weak && !isKnown(language, model))) {
            return new NothingFits(0);
        }
        Set<String> asked = Terms.of(question, functionWords);
        WordScores words = new WordScores(asked, candidates);
        List<Scored> ranked = ranked(question, language, candidates, words, model, deadline);
        List<Scored> chosen = choose(ranked, words);
        double confidence = new Confidence(question, language, asked).of(chosen);
        return confidence < leastConfidence + (weak ? CAUTION : 0)
                ? new NothingFits(confidence)
                : new Quotes(quotes(chosen), confidence);
    }

    private List<Scored> ranked(
            String question,
            String language,
            List<Candidate> candidates,
            WordScores words,
            Embedder model,
            Deadline deadline) {
        double best =
                candidates.stream().mapToDouble(c -> c.passage().score()).max().orElse(0);
        List<Scored> byWords = candidates.stream()
                .map(candidate -> new Scored(candidate, byWords(candidate, words, best), 0))
                .sorted(Scored.BEST_FIRST)
                .toList();
        if (!isKnown(language, model)) {
            return byWords;
        }
        List<Scored> hopeful = byWords.subList(0, Math.min(byWords.size(), EMBEDDED));
        float[] questionEmbedding = model.embedQuestion(question, deadline);
        List<float[]> embedded = model.embedPassages(
                hopeful.stream().map(scored -> inContext(scored.candidate())).toList(), deadline);
        List<Scored> ranked = new ArrayList<>();
        for (int i = 0; i < hopeful.size(); i++) {
            double cosine = cosine(questionEmbedding, embedded.get(i));
            Scored scored = hopeful.get(i);
            ranked.add(new Scored(scored.candidate(), scored.score() + COSINE * cosine, cosine));
        }
        ranked.sort(Scored.BEST_FIRST);
        return ranked;
    }

    private static boolean isKnown(String language, Embedder model) {
        return model.languages().contains(language) || model.languages().contains("*");
    }

    private static double byWords(Candidate candidate, WordScores words, double bestPassage) {
        double heading = candidate.isHeading(words.terms()) ? HEADING : 0;
        double passage = bestPassage > 0 ? candidate.passage().score() / bestPassage : 0;
        return WORDS * words.share(candidate.terms())
                + WORDS_BEFORE * words.share(candidate.before(), candidate.terms())
                + PASSAGE * passage
                - heading;
    }

    /** The best sentence, and the one that is good and has words of the question that the best lacks. */
    private static List<Scored> choose(List<Scored> ranked, WordScores words) {
        Scored first = ranked.getFirst();
        List<Scored> others = ranked.stream()
                .filter(scored -> !scored.candidate().repeats(first.candidate()))
                .map(scored -> besides(first.candidate(), scored, words))
                .sorted(Scored.BEST_FIRST)
                .toList();
        if (others.isEmpty() || first.score() - others.getFirst().score() >= CLEAR_LEAD) {
            return List.of(first);
        }
        return List.of(first, others.getFirst());
    }

    private static Scored besides(Candidate first, Scored scored, WordScores words) {
        Candidate candidate = scored.candidate();
        double added = NEW_WORDS * words.share(candidate.terms(), first.terms())
                + (candidate.isIn(first.passage()) && candidate.position() == first.position() - 1 ? LEADS_TO_BEST : 0);
        return new Scored(candidate, scored.score() + added, scored.cosine());
    }

    /** In the order of the text where both are of one passage. */
    private static List<Quote> quotes(List<Scored> chosen) {
        boolean onePassage = chosen.stream()
                .allMatch(s -> s.candidate().isIn(chosen.getFirst().candidate().passage()));
        List<Quote> quotes = new ArrayList<>();
        for (Scored scored : chosen) {
            Candidate candidate = scored.candidate();
            quotes.add(new Quote(
                    candidate.passage().number(),
                    candidate.span().start(),
                    candidate.span().end()));
        }
        if (onePassage) {
            quotes.sort(Comparator.comparingInt(Quote::start));
        }
        return quotes;
    }

    private static String inContext(Candidate candidate) {
        String title = candidate.passage().title().strip();
        String shortened = title.substring(0, Math.min(title.length(), LONGEST_TITLE));
        return shortened.isEmpty() ? candidate.text() : shortened + "\n" + candidate.text();
    }

    /** Of unit vectors. */
    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return "SentenceQuoter[" + embedder + "]";
    }
}
