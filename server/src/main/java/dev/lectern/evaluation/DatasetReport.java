package dev.lectern.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What was measured for one folder of questions. A part that does not apply is null, and left out of the JSON.
 *
 * @param questions how many were asked
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

    /** Means over the questions with a relevant document, as trec_eval takes them. A document ranks where its best passage does. */
    public record RankingScores(
            @JsonProperty("ndcg@10") double ndcg,
            @JsonProperty("recall@100") double recall,
            @JsonProperty("mrr@10") double mrr) {}

    /**
     * @param contained share of the questions with a gold answer whose answer has it; an abstention has none
     * @param medianWords of the answers that were given
     * @param medianSentences likewise
     */
    public record AnswerScores(double contained, double medianWords, double medianSentences) {}

    /**
     * @param correct share abstained of the questions without an answer in the collection; null when there is none
     * @param wrong share abstained of the others; null when there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AbstentionRates(
            @Nullable Double correct,
            @JsonProperty("false") @Nullable Double wrong) {}

    /** nDCG@10 of the hybrid ranking over the questions with a conversation before them. */
    public record FollowUpScores(double lastTurn, double conversation) {}
}
