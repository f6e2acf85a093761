package dev.lectern.answering.writing;

import java.util.function.Consumer;

/** Writes the text of an answer from passages. Thread-safe. */
public interface AnswerWriter {

    /**
     * Blocks until the text is complete, cancelled or past its deadline, and at most a few seconds longer.
     *
     * @param onText receives each piece of text, never from two threads at once and never after this method has returned
     */
    WriteResult write(WriteRequest request, Consumer<String> onText);

    /** Whether the writer judges weak evidence itself. Otherwise it gets only passages that the search rates as sufficient. */
    default boolean judgesEvidence() {
        return false;
    }
}
