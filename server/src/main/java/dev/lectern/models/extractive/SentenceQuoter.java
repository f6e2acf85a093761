package dev.lectern.models.extractive;

import dev.lectern.models.Embedder;
import dev.lectern.models.QuotablePassage;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.models.QuoteOutcome.NothingFits;
import dev.lectern.models.QuoteOutcome.Quote;
import dev.lectern.models.QuoteOutcome.Quotes;
import dev.lectern.models.Quoter;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.text.StopWords;
import dev.lectern.text.TermExtractor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers by quoting sentences. A sentence is scored by the sum of four figures: its cosine with the question (embedded below its document's title), the share
 * of the question's words in the sentence, that in the sentence before it, and the score of its passage. Words select the sentences that are embedded, so that
 * an answer costs {@value #EMBEDDED} short embeddings at most. The weights lie on plateaus: see docs/decisions/extractive-answers.md.
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

    /** Bonus of a sentence with all identifiers of the question. */
    private static final double IDENTIFIERS = 1.5;

    /** Subtracted from a row that names the columns asked about by words of several of its columns, times their share beyond the best one. */
    private static final double SPREAD = 2;

    /** Bonus of the sentence before the best one, which often says whom "he" or "this" means. */
    private static final double LEADS_TO_BEST = 0.25;

    /** Bonus of a line that gives the value of what the question names, such as "Weight: 812 kg". */
    private static final double FIELD = 1;

    /** Subtracted from a sentence of a mail that another one quotes, since what it says may be withdrawn. */
    private static final double QUOTED_MAIL = 1;

    /** Subtracted from a sentence with a similar name instead of one of the question. */
    private static final double OTHER_NAMES = 1.5;

    /** Subtracted from a line that repeats the question without an answer. */
    private static final double HEADING = 1;

    /** Where the best sentence leads by more, it is the whole answer. */
    private static final double CLEAR_LEAD = 0.8;

    /** Added to the threshold where the search found weak evidence only. See docs/quality/ranking.md. */
    private static final double WEAK_EVIDENCE_MARGIN = 0.02;

    private final Embedder embedder;
    private final double minConfidence;

    public SentenceQuoter(Embedder embedder, ExtractiveProperties properties) {
        this.embedder = embedder;
        this.minConfidence = properties.confidence();
    }

    @Override
    public QuoteOutcome quote(
            String question,
            List<QuotablePassage> passages,
            boolean weak,
            ModelCallContext context,
            Deadline deadline) {
        List<QuotablePassage> nearest = passages.subList(0, Math.min(passages.size(), PASSAGES));
        Embedder model = embedder.resolve();
        String language = nearest.isEmpty() ? "und" : nearest.getFirst().language();
        Set<String> stopWords = StopWords.of(language);
        List<SentenceCandidate> candidates = SentenceCandidates.of(nearest, stopWords);
        if (candidates.isEmpty() || (weak && !knowsLanguage(language, model))) {
            return new NothingFits(0);
        }
        Set<String> asked = TermExtractor.stems(question, stopWords);
        QuestionTermWeights words = new QuestionTermWeights(asked, candidates);
        List<ScoredSentence> ranked =
                ranked(question, language, stopWords, candidates, words, model, context, deadline);
        EqualRows equalRows = new EqualRows(question, stopWords, candidates);
        List<ScoredSentence> chosen = choose(ranked, candidates, words, equalRows);
        ScoredSentence best = ranked.stream()
                .max(Comparator.comparingDouble(ScoredSentence::scoreWithoutForm))
                .orElseThrow();
        double confidence = new QuoteConfidence(question, language, asked).of(chosen, best);
        return confidence < minConfidence + (weak ? WEAK_EVIDENCE_MARGIN : 0)
                ? new NothingFits(confidence)
                : new Quotes(quotes(withEqualRows(chosen, equalRows)), confidence);
    }

    private List<ScoredSentence> ranked(
            String question,
            String language,
            Set<String> stopWords,
            List<SentenceCandidate> candidates,
            QuestionTermWeights words,
            Embedder model,
            ModelCallContext context,
            Deadline deadline) {
        double best =
                candidates.stream().mapToDouble(c -> c.passage().score()).max().orElse(0);
        QuestionIdentifiers identifiers = new QuestionIdentifiers(question);
        SimilarNames names = new SimilarNames(question, language, candidates);
        Set<String> asked = TermExtractor.words(question);
        List<SentenceCandidate> answers = candidates.stream()
                .filter(candidate -> !candidate.isEcho(words.terms()))
                .toList();
        List<ScoredSentence> byWords = (answers.isEmpty() ? candidates : answers)
                .stream()
                        .map(candidate -> {
                            double form = (candidate.isFieldOf(asked, stopWords) ? FIELD : 0)
                                    - (candidate.quotedMail() ? QUOTED_MAIL : 0)
                                    - (names.hasOther(candidate) ? OTHER_NAMES : 0);
                            double said = byWords(candidate, words, best)
                                    + IDENTIFIERS * identified(candidate, identifiers, words);
                            return new ScoredSentence(candidate, said + form, 0, form);
                        })
                        .sorted(ScoredSentence.BEST_FIRST)
                        .toList();
        if (!knowsLanguage(language, model)) {
            return byWords;
        }
        List<ScoredSentence> embeddable = byWords.subList(0, Math.min(byWords.size(), EMBEDDED));
        float[] questionEmbedding = model.embedQuestion(question, context.forStep(Purpose.EMBED_QUESTION), deadline);
        List<float[]> embedded = model.embedPassages(
                embeddable.stream().map(scored -> withTitle(scored.candidate())).toList(),
                context.forStep(Purpose.EMBED_SENTENCE),
                deadline);
        List<ScoredSentence> ranked = new ArrayList<>();
        for (int i = 0; i < embeddable.size(); i++) {
            double cosine = cosine(questionEmbedding, embedded.get(i));
            ScoredSentence scored = embeddable.get(i);
            ranked.add(new ScoredSentence(scored.candidate(), scored.score() + COSINE * cosine, cosine, scored.form()));
        }
        ranked.sort(ScoredSentence.BEST_FIRST);
        return ranked;
    }

    private static boolean knowsLanguage(String language, Embedder model) {
        return model.languages().contains(language) || model.languages().contains("*");
    }

    /** The share of the identifiers that a sentence has or that it is about. A heading alone says nothing about them. */
    private static double identified(
            SentenceCandidate candidate, QuestionIdentifiers identifiers, QuestionTermWeights words) {
        return candidate.isHeading(words.terms())
                ? 0
                : Math.max(identifiers.share(candidate.text()), identifiers.share(candidate.subject()));
    }

    private static double byWords(SentenceCandidate candidate, QuestionTermWeights words, double bestPassage) {
        double heading = candidate.isHeading(words.terms()) ? HEADING : 0;
        double passage = bestPassage > 0 ? candidate.passage().score() / bestPassage : 0;
        return WORDS * words.share(candidate.terms())
                + WORDS_BEFORE * words.share(candidate.before(), candidate.terms())
                + PASSAGE * passage
                - SPREAD * spread(candidate, words)
                - heading;
    }

    /**
     * The share of the words that name columns which is not in the best of them, 0 to 1: "peak" in the name of one month and "September" in that of another
     * mean something else.
     */
    private static double spread(SentenceCandidate candidate, QuestionTermWeights words) {
        Set<String> all = new HashSet<>();
        double best = 0;
        for (String column : candidate.columns()) {
            Set<String> terms = TermExtractor.stems(column, Set.of());
            best = Math.max(best, words.share(terms));
            all.addAll(terms);
        }
        double whole = words.share(all);
        return whole == 0 ? 0 : 1 - best / whole;
    }

    /**
     * The best sentence, and the one that is good and has words of the question that the best lacks. A best sentence without a word of its own needs another
     * one.
     */
    private static List<ScoredSentence> choose(
            List<ScoredSentence> ranked,
            List<SentenceCandidate> candidates,
            QuestionTermWeights words,
            EqualRows equalRows) {
        ScoredSentence first = ranked.getFirst();
        boolean bare = first.candidate().isBare(words.terms());
        SentenceCandidate subject = subject(first.candidate(), candidates, words, bare);
        if (subject != null) {
            return List.of(first, new ScoredSentence(subject, first.score(), first.cosine(), 0));
        }
        List<ScoredSentence> others = ranked.stream()
                .filter(scored -> !scored.candidate().repeats(first.candidate()))
                .filter(scored -> !isNeedlessRow(first.candidate(), scored.candidate(), words))
                .filter(scored -> !equalRows.isAboutOther(first.candidate(), words.terms(), scored.candidate()))
                .map(scored -> scoreAsSecond(first.candidate(), scored, words))
                .sorted(ScoredSentence.BEST_FIRST)
                .toList();
        if (others.isEmpty() || (!bare && first.score() - others.getFirst().score() >= CLEAR_LEAD)) {
            return List.of(first);
        }
        return List.of(first, others.getFirst());
    }

    /**
     * The line that says what the best sentence is about, such as "Invoice no. 90419", if the sentence needs it: it has no word of its own, or the question asks
     * about the thing by a word that only this line has. Otherwise null.
     */
    private static @Nullable SentenceCandidate subject(
            SentenceCandidate first, List<SentenceCandidate> candidates, QuestionTermWeights words, boolean bare) {
        if (first.subject().isEmpty()) {
            return null;
        }
        return candidates.stream()
                .filter(candidate -> candidate.isFrom(first.passage()) && candidate.position() < first.position())
                .filter(candidate -> candidate.text().equals(first.subject()))
                .filter(candidate -> bare || isNamed(candidate, first, words))
                .reduce((before, nearer) -> nearer)
                .orElse(null);
    }

    private static boolean isNamed(SentenceCandidate subject, SentenceCandidate first, QuestionTermWeights words) {
        return subject.terms().stream()
                .filter(term -> words.terms().contains(term) && !first.terms().contains(term))
                .anyMatch(term -> term.codePoints().allMatch(Character::isLetter));
    }

    /** With the other rows that fit as well. */
    private static List<ScoredSentence> withEqualRows(List<ScoredSentence> chosen, EqualRows equalRows) {
        List<ScoredSentence> all = new ArrayList<>(chosen);
        for (ScoredSentence scored : chosen) {
            equalRows.of(scored.candidate()).stream()
                    .filter(row -> all.stream().noneMatch(one -> one.candidate().equals(row)))
                    .forEach(row -> all.add(new ScoredSentence(row, scored.score(), scored.cosine(), 0)));
        }
        return all;
    }

    /** Whether it is another row of the table that has no word of the question which the first row lacks. */
    private static boolean isNeedlessRow(
            SentenceCandidate first, SentenceCandidate candidate, QuestionTermWeights words) {
        return first.row() && candidate.row() && words.share(candidate.terms(), first.terms()) == 0;
    }

    private static ScoredSentence scoreAsSecond(
            SentenceCandidate first, ScoredSentence scored, QuestionTermWeights words) {
        SentenceCandidate candidate = scored.candidate();
        double added = NEW_WORDS * words.share(candidate.terms(), first.terms())
                + (candidate.isFrom(first.passage())
                                && candidate.position() == first.position() - 1
                                && SentenceCandidate.isSentence(candidate.text())
                        ? LEADS_TO_BEST
                        : 0);
        return new ScoredSentence(candidate, scored.score() + added, scored.cosine(), scored.form());
    }

    /** In the order of the text where both are of one passage. */
    private static List<Quote> quotes(List<ScoredSentence> chosen) {
        boolean onePassage = chosen.stream()
                .allMatch(
                        s -> s.candidate().isFrom(chosen.getFirst().candidate().passage()));
        List<Quote> quotes = new ArrayList<>();
        for (ScoredSentence scored : chosen) {
            SentenceCandidate candidate = scored.candidate();
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

    private static String withTitle(SentenceCandidate candidate) {
        String title = (candidate.passage().title().strip() + "\n" + candidate.subject()).strip();
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
