package dev.lectern.answering.prompt;

import dev.lectern.retrieval.RankedPassage;

/**
 * A passage with the number by which the answer may cite it.
 *
 * @param number from 1
 */
public record NumberedPassage(int number, RankedPassage ranked) {

    public String text() {
        return ranked.passage().text();
    }
}
