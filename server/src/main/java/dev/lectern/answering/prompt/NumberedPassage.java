package dev.lectern.answering.prompt;

import dev.lectern.retrieval.RankedPassage;

/**
 * A passage under the number by which it may be cited.
 *
 * @param number from 1
 */
public record NumberedPassage(int number, RankedPassage ranked) {

    public String text() {
        return ranked.passage().text();
    }
}
