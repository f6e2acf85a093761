package dev.lectern.ingestion;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How documents get in from the same machine, for the command line and evaluation. Thread-safe; the work goes on after each method returns. */
public interface Ingestion {

    /**
     * Makes a folder a source that is watched from now on, and scans it; a folder that already is one is only scanned.
     *
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST when it is no folder that can be read
     */
    JobId addFolder(Path folder, CollectionId collection);

    /** Copies one file into the collection; it is not watched. */
    JobId addFile(Path file, CollectionId collection);

    /**
     * Takes texts as they are, without the parser.
     *
     * @param texts 1 to 100,000
     */
    JobId addTexts(CollectionId collection, List<TextDocument> texts);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    Job job(JobId job);

    /**
     * Waits until the job is final.
     *
     * @return the job as it is then, or as it is when the time is over
     */
    Job await(JobId job, Duration atMost) throws InterruptedException;

    /** Waits until nothing is queued or running; false when the time is over before. */
    boolean awaitIdle(Duration atMost) throws InterruptedException;

    /**
     * A text with a name.
     *
     * @param path its place in the source of texts of its collection, which keeps its id when it is added again; 1 to 1,000 characters
     * @param title one line, may be empty
     */
    record TextDocument(String path, String title, String text) {}
}
