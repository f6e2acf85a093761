package dev.lectern.ingestion.web;

import dev.lectern.http.EventStream;
import dev.lectern.http.EventStreamFactory;
import dev.lectern.http.Page;
import dev.lectern.ingestion.IngestionService;
import dev.lectern.ingestion.Job;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/jobs")
class JobController {
    private static final int MAX_LIMIT = 200;

    private final IngestionService ingestion;
    private final LibraryCollections collections;
    private final EventStreamFactory streams;

    JobController(IngestionService ingestion, LibraryCollections collections, EventStreamFactory streams) {
        this.ingestion = ingestion;
        this.collections = collections;
        this.streams = streams;
    }

    @GetMapping
    Page<JobView> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String collection,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw LecternException.invalid("limit", "A page has 1 to " + MAX_LIMIT + " jobs.");
        }
        Page<Job> page = ingestion.page(collection == null ? null : new CollectionId(collection), cursor, limit);
        return new Page<>(page.items().stream().map(JobView::of).toList(), page.next());
    }

    @GetMapping("/{id}")
    JobView get(Caller caller, @PathVariable String id) {
        return JobView.of(readable(caller, id));
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobView retry(Caller caller, @PathVariable String id) {
        return JobView.of(ingestion.retry(readable(caller, id).id()));
    }

    @DeleteMapping("/{id}")
    JobView cancel(Caller caller, @PathVariable String id) {
        return JobView.of(ingestion.cancel(readable(caller, id).id()));
    }

    /** {@code progress} whenever something changed, {@code finished} at the end, each with the whole job: a reader who missed some misses nothing. */
    @GetMapping("/{id}/events")
    void events(Caller caller, @PathVariable String id, HttpServletResponse response) throws InterruptedException {
        JobId job = readable(caller, id).id();
        try (EventStream stream = streams.open(response)) {
            ingestion.follow(
                    job,
                    now -> {
                        boolean last = now.status().isFinal();
                        boolean more =
                                stream.send(null, last ? "finished" : "progress", Map.of("job", JobView.of(now)));
                        return more && !last;
                    },
                    stream::isOpen);
        }
    }

    private Job readable(Caller caller, String id) {
        Job job = ingestion.job(new JobId(id));
        collections.readableBy(caller, List.of(job.collection()));
        return job;
    }
}
