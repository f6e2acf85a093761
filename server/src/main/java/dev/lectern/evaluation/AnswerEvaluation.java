package dev.lectern.evaluation;

import dev.lectern.answering.Answer;
import dev.lectern.answering.SynchronousAnswerer;
import dev.lectern.evaluation.DatasetReport.AbstentionRates;
import dev.lectern.evaluation.DatasetReport.AnswerScores;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the questions of one dataset and measures the answers. */
final class AnswerEvaluation {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final SynchronousAnswerer answerer;
    private final InstantSource clock;
    private final ReadableCollections readable;

    private final List<Double> contained = new ArrayList<>();
    private final List<Double> correct = new ArrayList<>();
    private final List<Double> wrong = new ArrayList<>();
    private final List<Integer> words = new ArrayList<>();
    private final List<Integer> sentences = new ArrayList<>();

    AnswerEvaluation(SynchronousAnswerer answerer, InstantSource clock, ReadableCollections readable) {
        this.answerer = answerer;
        this.clock = clock;
        this.readable = readable;
    }

    /** @param answerable whether an answer is in the collection */
    void ask(EvaluationQuestion evaluationQuestion, boolean answerable) {
        Answer answer = answerer.answer(
                evaluationQuestion.text(),
                evaluationQuestion.history(),
                readable,
                Deadline.in(TIMEOUT, clock),
                EvaluationCollection.MODEL_CALLS);
        boolean abstained = switch (answer.status()) {
            case ANSWERED -> false;
            case ABSTAINED -> true;
            case FAILED ->
                throw new LecternException(
                        ErrorCode.MODEL_FAILED,
                        "The question \"%s\" failed with the reason %s. Remove the cause and start again."
                                .formatted(evaluationQuestion.text(), answer.reason()));
        };
        (answerable ? wrong : correct).add(abstained ? 1.0 : 0.0);
        if (!evaluationQuestion.answers().isEmpty()) {
            contained.add(
                    !abstained && AnswerTextMeasures.contains(answer.text(), evaluationQuestion.answers()) ? 1.0 : 0.0);
        }
        if (!abstained) {
            words.add(AnswerTextMeasures.countWords(answer.text()));
            sentences.add(AnswerTextMeasures.countSentences(answer.text()));
        }
    }

    /** @return null when no question has a gold answer or none was answered */
    @Nullable AnswerScores answerScores() {
        return contained.isEmpty() || words.isEmpty()
                ? null
                : new AnswerScores(
                        RankingMeasures.mean(contained),
                        RankingMeasures.median(words),
                        RankingMeasures.median(sentences));
    }

    /** @return null when nothing was asked */
    @Nullable AbstentionRates abstentionRates() {
        return correct.isEmpty() && wrong.isEmpty() ? null : new AbstentionRates(share(correct), share(wrong));
    }

    private static @Nullable Double share(List<Double> values) {
        return values.isEmpty() ? null : RankingMeasures.mean(values);
    }
}
