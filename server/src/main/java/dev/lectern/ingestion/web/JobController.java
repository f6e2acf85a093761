package dev.lectern.ingestion.web;

import dev.lectern.http.Cursor;
import dev.lectern.http.EventStream;
import dev.lectern.http.EventStreamFactory;
import dev.lectern.http.Page;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {
    private static final int MAX_LIMIT = 200;
    private static final String JOBS = "jobs";

    private final JobService jobs;
    private final EventStreamFactory streams;

    JobController(JobService jobs, EventStreamFactory streams) {
        this.jobs = jobs;
        this.streams = streams;
    }

    /**
     * Lists jobs, the newest first. The last 200 that are finished are stored.
     *
     * @param collection id of the collection whose jobs are listed; null for all
     */
    @GetMapping
    @RequiresScope(Scope.READ)
    Page<JobView> listJobs(
            Caller caller,
            @RequestParam(required = false) @Nullable String collection,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw LecternException.invalid("limit", "The `limit` is " + limit + ". It must be 1 to " + MAX_LIMIT + ".");
        }
        Page<Job> page = jobs.page(
                caller, collection == null ? null : new CollectionId(collection), Cursor.itemOf(JOBS, cursor), limit);
        return new Page<>(page.items().stream().map(JobView::of).toList(), Cursor.after(JOBS, page.next()));
    }

    /** Shows a job. */
    @GetMapping("/{id}")
    @RequiresScope(Scope.READ)
    JobView getJob(Caller caller, @PathVariable String id) {
        return JobView.of(jobs.job(caller, new JobId(id)));
    }

    /** Tries the failed and cancelled documents of a job again. */
    @PostMapping("/{id}/retry")
    @RequiresScope(Scope.WRITE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobView retryJob(Caller caller, @PathVariable String id) {
        return JobView.of(jobs.retry(caller, new JobId(id)));
    }

    /** Cancels what a job has not read yet. */
    @DeleteMapping("/{id}")
    @RequiresScope(Scope.WRITE)
    JobView cancelJob(Caller caller, @PathVariable String id) {
        return JobView.of(jobs.cancel(caller, new JobId(id)));
    }

    /** Follows a job. Sends {@code progress} at every change and {@code finished} at the end; each event has the whole job, so a lost event does no harm. */
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @RequiresScope(Scope.READ)
    void followJob(Caller caller, @PathVariable String id, HttpServletResponse response) throws InterruptedException {
        JobId job = jobs.job(caller, new JobId(id)).id();
        try (EventStream stream = streams.open(response, reader -> jobs.job(reader, job))) {
            follow(caller, job, stream);
        }
    }

    private void follow(Caller caller, JobId job, EventStream stream) throws InterruptedException {
        try {
            jobs.follow(
                    caller,
                    job,
                    now -> {
                        boolean last = now.status().isFinal();
                        boolean more =
                                stream.send(null, last ? "finished" : "progress", Map.of("job", JobView.of(now)));
                        return more && !last;
                    },
                    stream::isOpen);
        } catch (LecternException gone) {
            // The job was deleted with its collection, or its reader may not see it any more.
            stream.fail(gone);
        }
    }
}
