package dev.lectern.ingestion;

import dev.lectern.http.Page;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs and their sources. Every method joins a transaction. */
public interface Jobs {

    /** @param complete whether its tasks are all added in the same transaction; otherwise {@link #scanned} says when */
    JobId create(CollectionId collection, boolean complete);

    /**
     * A job that scans a source. While one waits for the same source that one is taken.
     *
     * @param automatic nobody asked for it, so it is forgotten when it finds nothing to do
     */
    JobId createScan(Source source, boolean confirmed, boolean automatic);

    Optional<JobRow> find(JobId job);

    /** Newest first. */
    Page<JobRow> page(@Nullable CollectionId collection, @Nullable String cursor, int limit);

    /** Takes the next scan of a source that this node watches or nobody does, and that nobody scans at the moment. */
    Optional<JobRow> claimScan();

    /** Every task of the job is known from now on. */
    void scanned(JobId job);

    /** Ends those that have nothing open any more; a job whose documents all failed has failed. */
    void finish(Collection<JobId> jobs);

    void failed(JobId job, String code, String reason);

    void cancelled(JobId job);

    void again(JobId job, boolean scan);

    /** Forgets an automatic scan that found nothing. */
    void forget(JobId job);

    /** Jobs of processes that no longer live: scans wait again, what was about to end ends, what was still growing grows no more. */
    void takeOver();

    /** Forgets the oldest finished ones. */
    void prune(int keep);

    SourceId addSource(CollectionId collection, String folder);

    Optional<Source> source(SourceId source);

    List<Source> sources(@Nullable CollectionId collection);

    void sourceScanned(SourceId source, @Nullable String reason);

    void removeSource(SourceId source);

    /** Makes this node the one that watches the folder. False when another living one is. */
    boolean watch(SourceId source);

    /** This node watches the folder no longer. */
    void unwatch(SourceId source);

    /** Sources that this node watches, and those that no living one does. */
    List<Source> watchable();

    /** @param confirmed whether a mass deletion is wanted */
    record JobRow(
            JobId id,
            CollectionId collection,
            @Nullable SourceId source,
            JobStatus status,
            @Nullable String reasonCode,
            @Nullable String reason,
            boolean scanned,
            boolean confirmed,
            boolean automatic,
            long createdAt,
            long finishedAt) {}
}
