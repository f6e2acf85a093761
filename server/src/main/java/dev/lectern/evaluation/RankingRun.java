package dev.lectern.evaluation;

import dev.lectern.evaluation.FolderReport.FollowUps;
import dev.lectern.evaluation.FolderReport.Ranking;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranks documents for the questions of one folder. */
final class RankingRun {
    /** Enough passages for a hundred documents of a few passages each. */
    private static final int PASSAGES = 400;

    private static final int NDCG_DEPTH = 10;
    private static final int RECALL_DEPTH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Retriever retriever;
    private final InstantSource clock;
    private final ScratchCollection collection;
    private final QuestionFolder folder;

    RankingRun(Retriever retriever, InstantSource clock, ScratchCollection collection, QuestionFolder folder) {
        this.retriever = retriever;
        this.clock = clock;
        this.collection = collection;
        this.folder = folder;
    }

    /** @return null when no question has a relevant document */
    @Nullable Ranking measure(List<Question> questions, RetrievalMode mode) {
        List<Double> ndcg = new ArrayList<>();
        List<Double> recall = new ArrayList<>();
        List<Double> mrr = new ArrayList<>();
        for (Question question : questions) {
            List<String> ranking = ranked(question, List.of(), mode);
            ndcg.add(RankingMeasures.ndcg(ranking, question.grades(), NDCG_DEPTH));
            recall.add(RankingMeasures.recall(ranking, question.grades(), RECALL_DEPTH));
            mrr.add(RankingMeasures.reciprocalRank(ranking, question.grades(), NDCG_DEPTH));
        }
        return ndcg.isEmpty()
                ? null
                : new Ranking(RankingMeasures.mean(ndcg), RankingMeasures.mean(recall), RankingMeasures.mean(mrr));
    }

    /** @return null when no question has a conversation before it */
    @Nullable FollowUps followUps(List<Question> questions) {
        List<Double> lastTurn = new ArrayList<>();
        List<Double> conversation = new ArrayList<>();
        for (Question question : questions) {
            if (!question.history().isEmpty()) {
                lastTurn.add(ndcg(question, List.of()));
                conversation.add(ndcg(question, question.earlierQuestions()));
            }
        }
        return lastTurn.isEmpty()
                ? null
                : new FollowUps(RankingMeasures.mean(lastTurn), RankingMeasures.mean(conversation));
    }

    private double ndcg(Question question, List<String> earlier) {
        return RankingMeasures.ndcg(ranked(question, earlier, RetrievalMode.HYBRID), question.grades(), NDCG_DEPTH);
    }

    /** Documents of this folder and others, best passage first; those of other folders keep their places. */
    private List<String> ranked(Question question, List<String> earlier, RetrievalMode mode) {
        RetrievalRequest request = new RetrievalRequest(
                question.text(), earlier, collection.readable(), mode, PASSAGES, Deadline.in(PATIENCE, clock));
        return retriever.retrieve(request).passages().stream()
                .map(ranked -> ranked.passage().uri())
                .distinct()
                .flatMap(uri -> {
                    List<String> ids = collection.idsIn(folder, uri);
                    return (ids.isEmpty() ? List.of("elsewhere " + uri) : ids).stream();
                })
                .toList();
    }
}
