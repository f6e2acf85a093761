package dev.lectern.retrieval.rewriting;

import java.util.List;

/**
 * What is searched for.
 *
 * @param standalone the question as it reads on its own
 * @param queries with weights that add up to 1, the heaviest may be any
 */
public record Searched(String standalone, List<Query> queries) {
    /** @param weight 0 to 1 */
    public record Query(String text, double weight) {}

    public Searched {
        queries = List.copyOf(queries);
    }

    public static Searched asIs(String question) {
        return new Searched(question, List.of(new Query(question, 1)));
    }
}
