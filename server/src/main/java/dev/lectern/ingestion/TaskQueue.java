package dev.lectern.ingestion;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tasks of all jobs. Every method joins a transaction. */
public interface TaskQueue {
    /** What a person waits for goes before the files of a folder. */
    enum Priority {
        UPLOAD(0),
        FOLDER(1);

        private final int rank;

        Priority(int rank) {
            this.rank = rank;
        }

        /** Lower goes first. */
        public int rank() {
            return rank;
        }
    }

    /**
     * Adds one task for each document.
     *
     * @param documents with their sizes in bytes
     */
    void add(JobId job, Map<DocumentId, Long> documents, Priority priority);

    /**
     * Takes up to {@code most} tasks whose time has come, none of a document that is being worked on. They are this node's as long as it lives; no other
     * node gets any of them. None while the library is switched to another embedder, which takes moments.
     */
    List<Task> claim(int most);

    /** How long until a waiting task's time comes; zero when it has come, empty when none waits. */
    Optional<Duration> nextIn();

    /** Like the following two: false when the task is no longer this node's, because it ended before or was taken over; nothing changes then. */
    boolean done(Task task, int passages);

    boolean failed(Task task, String reason);

    /** Back to the queue after {@code wait}; {@code failure} counts as an attempt. */
    boolean later(Task task, Duration wait, boolean failure);

    /** Puts back what processes that no longer live had claimed. */
    List<DocumentId> takeOver();

    /** What failed before waits no longer for its next attempt: what made it fail may have gone with the restart. */
    void hurry();

    /** Jobs that somebody cancelled, on any node, while this one works on tasks of theirs. */
    Set<JobId> cancelled();

    /** Waiting tasks end as cancelled. */
    List<DocumentId> cancel(JobId job);

    /** Failed and cancelled tasks wait again, with no attempts. */
    List<DocumentId> retry(JobId job);

    /** Documents with a waiting or running task. */
    Set<DocumentId> open();

    boolean idle();

    Counts counts(JobId job);

    /** @param bytes of the originals, of finished and of all tasks */
    record Counts(int total, int done, int failed, int open, long passages, long bytesDone, long bytes) {}
}
