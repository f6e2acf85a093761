package dev.lectern.ingestion.sources;

import java.nio.file.Path;
import java.time.Instant;

/** The file system of a folder does not answer, so nothing of it can be read at the moment. What is known of the folder stays as it is. */
final class FolderNotRespondingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final transient Instant since;

    /** @param since when it was asked first without an answer */
    FolderNotRespondingException(Path folder, Instant since) {
        super("The folder " + folder + " has not answered since " + since);
        this.folder = folder;
        this.since = since;
    }

    Path folder() {
        return folder;
    }

    Instant since() {
        return since;
    }
}
