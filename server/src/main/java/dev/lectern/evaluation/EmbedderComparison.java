package dev.lectern.evaluation;

import dev.lectern.evaluation.DatasetReport.RankingScores;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.Passage;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.Retriever;
import dev.lectern.retrieval.RetrieverFactory;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compares the indexes of two embedders with the same questions, over all documents. */
@Component
public final class EmbedderComparison {
    /** Maximum number of questions of one comparison. */
    public static final int MAX_QUESTIONS = 1_000;

    private static final int PASSAGES = 400;
    private static final int DEPTH = 10;
    private static final int RECALL_DEPTH = 100;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final EmbedderRegistry embedders;
    private final RetrieverFactory retrievers;
    private final InstantSource clock;

    EmbedderComparison(EmbedderRegistry embedders, RetrieverFactory retrievers, InstantSource clock) {
        this.embedders = embedders;
        this.retrievers = retrievers;
        this.clock = clock;
    }

    /**
     * How two embedders rank the documents of questions.
     *
     * @param questions number of questions
     * @param former scores of hybrid search with the former embedder
     * @param target scores of hybrid search with the target embedder
     * @param changed number of questions whose best document differs
     */
    public record Comparison(int questions, RankingScores former, RankingScores target, int changed) {}

    /**
     * @param former name of the former embedder in the form of {@code LECTERN_EMBEDDER}; its index must be complete
     * @param target name of the target embedder, likewise
     * @param questions 1 to {@link #MAX_QUESTIONS}
     * @param readable collections that the caller may read
     * @param caller recorded in the usage ledger
     */
    public Comparison compare(
            String former, String target, List<JudgedQuestion> questions, ReadableCollections readable, Caller caller) {
        if (questions.isEmpty() || questions.size() > MAX_QUESTIONS) {
            throw LecternException.invalid(
                    "questions",
                    "A comparison takes 1 to " + MAX_QUESTIONS + " questions, not " + questions.size() + ".");
        }
        ModelCallContext context = ModelCallContext.of(Purpose.EVALUATION, caller);
        List<List<String>> before = new ArrayList<>();
        List<List<String>> after = new ArrayList<>();
        RankingScores formerRanking = ranking(embedders.open(former), questions, readable, context, before);
        RankingScores targetRanking = ranking(embedders.open(target), questions, readable, context, after);
        int changed = 0;
        for (int i = 0; i < before.size(); i++) {
            changed += firstOf(before.get(i)).equals(firstOf(after.get(i))) ? 0 : 1;
        }
        return new Comparison(questions.size(), formerRanking, targetRanking, changed);
    }

    private static String firstOf(List<String> ranking) {
        return ranking.isEmpty() ? "" : ranking.getFirst();
    }

    private RankingScores ranking(
            Embedder embedder,
            List<JudgedQuestion> questions,
            ReadableCollections readable,
            ModelCallContext context,
            List<List<String>> rankings) {
        Retriever retriever = retrievers.searchingWith(embedder);
        List<Double> ndcg = new ArrayList<>();
        List<Double> recall = new ArrayList<>();
        List<Double> mrr = new ArrayList<>();
        for (JudgedQuestion question : questions) {
            List<String> ranking = documents(retriever, question, readable, context);
            Map<String, Integer> grades = new HashMap<>();
            question.documents().forEach(document -> grades.put(document, 1));
            ndcg.add(RankingMeasures.ndcg(ranking, grades, DEPTH));
            recall.add(RankingMeasures.recall(ranking, grades, RECALL_DEPTH));
            mrr.add(RankingMeasures.reciprocalRank(ranking, grades, DEPTH));
            rankings.add(ranking);
        }
        return new RankingScores(RankingMeasures.mean(ndcg), RankingMeasures.mean(recall), RankingMeasures.mean(mrr));
    }

    /** Documents, best first; those that the question names are identified by that name. */
    private List<String> documents(
            Retriever retriever, JudgedQuestion question, ReadableCollections readable, ModelCallContext context) {
        RetrievalRequest request = new RetrievalRequest(
                question.question(),
                List.of(),
                readable,
                RetrievalMode.HYBRID,
                PASSAGES,
                Deadline.in(TIMEOUT, clock),
                context);
        Set<String> wanted = new HashSet<>(question.documents());
        return retriever.retrieve(request).passages().stream()
                .map(found -> names(found.passage()).stream()
                        .filter(wanted::contains)
                        .findFirst()
                        .orElse(found.passage().document().value()))
                .distinct()
                .toList();
    }

    private static List<String> names(Passage passage) {
        return List.of(
                passage.document().value(),
                passage.title(),
                passage.uri(),
                passage.uri().substring(passage.uri().indexOf(':') + 1),
                DocumentLocation.fileName(passage.uri()));
    }
}
