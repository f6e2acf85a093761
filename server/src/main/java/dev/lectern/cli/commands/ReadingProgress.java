package dev.lectern.cli.commands;

import tools.jackson.databind.JsonNode;

/** Says how many documents could be searched, while others are still to be read. */
final class ReadingProgress {
    private ReadingProgress() {}

    /**
     * A sentence such as {@code 12 of 160 documents can be searched so far.}; empty when every document was read.
     *
     * @param searched the field {@code searched} of an answer or of a search response
     */
    static String describe(JsonNode searched) {
        return searched.path("pending").asLong(0) == 0
                ? ""
                : searched.path("searchable").asLong(0) + " of "
                        + searched.path("documents").asLong(0) + " documents can be searched so far.";
    }
}
