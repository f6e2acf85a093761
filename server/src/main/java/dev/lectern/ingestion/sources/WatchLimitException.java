package dev.lectern.ingestion.sources;

import java.io.IOException;

/** The operating system reports the events of no more folders. The message is a sentence for operators that says what to raise. */
final class WatchLimitException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isTotal;

    /** @param isTotal whether no folder at all can be watched, rather than no further one */
    WatchLimitException(String sentence, boolean isTotal, IOException cause) {
        super(sentence, cause);
        this.isTotal = isTotal;
    }

    boolean isTotal() {
        return isTotal;
    }

    /** A sentence for operators. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
