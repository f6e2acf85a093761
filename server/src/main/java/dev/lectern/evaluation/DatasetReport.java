package dev.lectern.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The measures of one dataset. A part that does not apply is null and absent in the JSON.
 *
 * @param questions number of questions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetReport(
        int questions,
        @Nullable RankingScores lexical,
        @Nullable RankingScores dense,
        @Nullable RankingScores hybrid,
        @Nullable AnswerScores answers,
        @Nullable AbstentionRates abstention,
        @Nullable FollowUpScores followups) {

    /**
     * Means over the questions with a relevant document, as trec_eval computes them. A document has the rank of its best passage.
     *
     * @param ndcg nDCG of the first 10, between 0 and 1
     * @param recall recall of the first 100, between 0 and 1
     * @param mrr mean reciprocal rank within the first 10, between 0 and 1
     */
    public record RankingScores(
            @JsonProperty("ndcg@10") double ndcg,
            @JsonProperty("recall@100") double recall,
            @JsonProperty("mrr@10") double mrr) {}

    /**
     * Measures of answers.
     *
     * @param contained share of the questions with a gold answer whose answer contains it; an abstention contains none
     * @param medianWords of the answers without abstentions
     * @param medianSentences likewise
     */
    public record AnswerScores(double contained, double medianWords, double medianSentences) {}

    /**
     * Shares of abstentions.
     *
     * @param correct of the questions without an answer in the collection; null when there are none
     * @param wrong of the questions with an answer in the collection; null when there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AbstentionRates(
            @Nullable Double correct,
            @JsonProperty("false") @Nullable Double wrong) {}

    /** nDCG@10 of the hybrid ranking over the questions with a history, searched without and with the history. */
    public record FollowUpScores(double lastTurn, double conversation) {}
}
