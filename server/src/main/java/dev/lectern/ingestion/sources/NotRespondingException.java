package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A file or a subfolder did not answer within its deadline, while the rest of its folder answers. It is given up for this scan and tried again by the next one. */
final class NotRespondingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final transient Instant since;

    /**
     * @param path what did not answer
     * @param since when it was asked
     * @param reason a sentence for operators that says what to do, without the path
     */
    NotRespondingException(Path path, Instant since, String reason) {
        super(reason);
        this.path = path;
        this.since = since;
    }

    Path path() {
        return path;
    }

    Instant since() {
        return since;
    }

    /** A sentence for operators that says what to do, without the path. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
