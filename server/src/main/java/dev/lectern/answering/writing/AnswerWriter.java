package dev.lectern.answering.writing;

import java.util.function.Consumer;

/** Writes an answer from passages. Thread-safe. */
public interface AnswerWriter {

    /**
     * Blocks until it is written, cancelled or past its deadline, and never longer than a few seconds after either.
     *
     * @param onText gets each piece as it comes, never from two threads at once, and nothing any more after this has returned
     */
    WriteResult write(WriteRequest writeRequest, Consumer<String> onText);

    /** Whether it judges for itself what the search thinks too weak to answer from; nothing weak is given to it otherwise. */
    default boolean judgesEvidence() {
        return false;
    }
}
