package dev.lectern.ingestion.web;

import dev.lectern.http.Page;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Folders of the server's machine as sources; for callers with the key file. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class SourceController {
    private final SourceService sources;
    private final JobService jobs;

    SourceController(SourceService sources, JobService jobs) {
        this.sources = sources;
        this.jobs = jobs;
    }

    record SourceView(
            String id,
            String collectionId,
            String kind,
            String path,
            Instant createdAt,
            @Nullable Instant scannedAt,
            @Nullable String reason,
            @Nullable JobView job) {
        static SourceView of(Source source, @Nullable JobView job) {
            return new SourceView(
                    source.id().value(),
                    source.collection().value(),
                    source.kind(),
                    source.location(),
                    source.createdAt(),
                    source.scannedAt(),
                    source.reason(),
                    job);
        }
    }

    /** @param path absolute, of a folder of the server's machine */
    record SourceRequest(@Nullable String path) {}

    /** @param confirmDeletion whether documents whose files are gone are deleted, however many they are */
    record ScanRequest(@Nullable Boolean confirmDeletion) {}

    @GetMapping("/collections/{id}/sources")
    Page<SourceView> list(Caller caller, @PathVariable String id) {
        return new Page<>(
                sources.list(caller, new CollectionId(id)).stream()
                        .map(source -> SourceView.of(source, null))
                        .toList(),
                null);
    }

    /** Adds a folder and scans it; a folder that is a source already is scanned again. */
    @PostMapping("/collections/{id}/sources")
    @ResponseStatus(HttpStatus.ACCEPTED)
    SourceView add(Caller caller, @PathVariable String id, @RequestBody SourceRequest request) {
        Source source = sources.addFolder(caller, folder(request.path()), new CollectionId(id));
        return SourceView.of(source, JobView.of(jobs.job(caller, sources.scan(caller, source.id(), false))));
    }

    @DeleteMapping("/sources/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String id) {
        sources.remove(caller, new SourceId(id));
    }

    @PostMapping("/sources/{id}/scan")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobView scan(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable ScanRequest request) {
        boolean confirmed = request != null && Boolean.TRUE.equals(request.confirmDeletion());
        return JobView.of(jobs.job(caller, sources.scan(caller, new SourceId(id), confirmed)));
    }

    private static Path folder(@Nullable String path) {
        if (path == null || path.isBlank()) {
            throw LecternException.invalid("path", "Give the absolute `path` of a folder of the server's machine.");
        }
        try {
            Path folder = FolderPath.parse(path);
            if (folder.isAbsolute()) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw LecternException.invalid(
                    "path",
                    "The `path` has a character that no name of this system can have. Give the absolute `path` of a folder.");
        }
        throw LecternException.invalid(
                "path",
                "The `path` " + path
                        + " is not absolute. Give the absolute `path` of a folder of the server's machine.");
    }
}
