package dev.lectern.models;

import java.util.List;

/** The result of a {@link Quoter}. */
public sealed interface QuoteOutcome {

    /** Confidence that the passages answer the question, 0 to 1, on the same scale in both outcomes. */
    double confidence();

    /**
     * Sentences that answer the question.
     *
     * @param quotes one or two, in the order in which they should be read
     */
    record Quotes(List<Quote> quotes, double confidence) implements QuoteOutcome {
        public Quotes {
            quotes = List.copyOf(quotes);
        }
    }

    /** No sentence answers the question. */
    record NothingFits(double confidence) implements QuoteOutcome {}

    /**
     * A sentence of a passage, word for word.
     *
     * @param number of the passage
     * @param start in the passage's text, UTF-16 units
     * @param end exclusive
     */
    record Quote(int number, int start, int end) {}
}
