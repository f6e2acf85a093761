package dev.lectern.retrieval.rewriting;

import java.util.List;

/**
 * A question as it is searched: one or more wordings with weights.
 *
 * @param standalone the question as it reads on its own
 * @param queries in any order of weight; the weights add up to 1
 */
public record RewrittenQuestion(String standalone, List<WeightedQuery> queries) {
    /** @param weight 0 to 1 */
    public record WeightedQuery(String text, double weight) {}

    public RewrittenQuestion {
        queries = List.copyOf(queries);
    }

    /** The question as it was asked, as the only query. */
    public static RewrittenQuestion unchanged(String question) {
        return new RewrittenQuestion(question, List.of(new WeightedQuery(question, 1)));
    }
}
