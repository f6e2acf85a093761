package dev.lectern.ingestion.web;

import dev.lectern.http.Cursor;
import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceFinding;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.ingestion.sources.SourceStatus;
import dev.lectern.library.ConditionalChanges;
import dev.lectern.library.DocumentTags;
import dev.lectern.library.update.SourceInventory.MissingFile;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import dev.lectern.shared.SourceId;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Folders of the server's machine as sources; for callers with the key file. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class SourceController {
    private static final int MAX_LIMIT = 200;
    private static final String FINDINGS = "findings";
    private static final String MISSING = "missing";

    private final SourceService sources;
    private final JobService jobs;
    private final ConditionalChanges changes;

    SourceController(SourceService sources, JobService jobs, ConditionalChanges changes) {
        this.sources = sources;
        this.jobs = jobs;
        this.changes = changes;
    }

    /**
     * A folder to follow.
     *
     * @param path required, absolute, of a folder of the server's machine, such as {@code /srv/handbook}
     */
    record SourceRequest(@Nullable String path) {}

    /**
     * How a source is scanned.
     *
     * @param confirmDeletion whether documents whose files are gone are deleted, however many they are
     * @param compareContents whether all files are read, also those whose size and times are unchanged
     */
    record ScanRequest(
            @Nullable Boolean confirmDeletion, @Nullable Boolean compareContents) {}

    /**
     * The tags of a source.
     *
     * @param tags required, at most {@value DocumentTags#MAX_TAGS} of 1 to {@value DocumentTags#MAX_LENGTH} visible characters; an empty list for none
     */
    record TagsRequest(@Nullable List<@Nullable String> tags) {}

    /**
     * A file or folder that was not taken in, or not as it is.
     *
     * @param path within the source, such as {@code old/report.docx}
     * @param kind {@link SourceFinding.Kind}
     */
    record FindingView(String path, String kind, String reason) {}

    /**
     * A file that the last scans did not find.
     *
     * @param path within the source, such as {@code old/report.docx}
     * @param documentId its document; absent if a person deleted it before
     * @param title of the document
     * @param missingSince when it was not found first
     */
    record MissingFileView(
            String path,
            @Nullable String documentId,
            @Nullable String title,
            Instant missingSince) {}

    /** Lists the folders of a collection. */
    @GetMapping("/collections/{id}/sources")
    Page<SourceView> listSources(Caller caller, @PathVariable String id) {
        return new Page<>(
                sources.describeAll(caller, new CollectionId(id)).stream()
                        .map(status -> view(caller, status))
                        .toList(),
                null);
    }

    /** Adds a folder as a source and scans it. A folder that is a source already is scanned again. */
    @PostMapping("/collections/{id}/sources")
    @ResponseStatus(HttpStatus.ACCEPTED)
    SourceView addSource(Caller caller, @PathVariable String id, @RequestBody SourceRequest request) {
        Source source = sources.addFolder(caller, folder(request.path()), new CollectionId(id));
        JobId scan = sources.scan(caller, source.id(), false);
        return SourceView.of(sources.describe(caller, source.id()), jobs.job(caller, scan));
    }

    /** Shows a source. */
    @GetMapping("/sources/{id}")
    SourceView getSource(Caller caller, @PathVariable String id, HttpServletResponse response) {
        return tagged(caller, sources.describe(caller, new SourceId(id)), response);
    }

    private SourceView tagged(Caller caller, SourceStatus status, HttpServletResponse response) {
        EntityTag.write(changeTag(status), response);
        return view(caller, status);
    }

    /** Of what people change, not of what scans find. */
    private static String changeTag(SourceStatus status) {
        return EntityTag.of(status.source().location(), status.tags());
    }

    /** Replaces the tags that all documents with a file in the source have. */
    @PutMapping("/sources/{id}/tags")
    SourceView setSourceTags(
            Caller caller,
            @PathVariable String id,
            @RequestBody TagsRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        SourceId source = new SourceId(id);
        List<String> wanted = DocumentTags.normalize(request.tags());
        changes.change(
                caller,
                sources.describe(caller, source).source().collection(),
                ifMatch,
                () -> changeTag(sources.describe(caller, source)),
                () -> sources.setTags(caller, source, wanted));
        return tagged(caller, sources.describe(caller, source), response);
    }

    /** Removes a source with all documents that have no file elsewhere. Its files stay. */
    @DeleteMapping("/sources/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSource(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        SourceId source = new SourceId(id);
        if (ifMatch != null) {
            EntityTag.requireMatch(ifMatch, changeTag(sources.describe(caller, source)));
        }
        sources.remove(caller, source);
    }

    /** Scans a source now. The scan is a job. */
    @PostMapping("/sources/{id}/scan")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobView scanSource(
            Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable ScanRequest request) {
        boolean confirmed = request != null && Boolean.TRUE.equals(request.confirmDeletion());
        boolean compareContents = request != null && Boolean.TRUE.equals(request.compareContents());
        return JobView.of(jobs.job(caller, sources.scan(caller, new SourceId(id), confirmed, compareContents)));
    }

    /**
     * Lists what the last scan did not take in, or not as it is, by kind and path. Of each kind it has the first 1,000.
     *
     * @param kind {@link SourceFinding.Kind}; null for all
     */
    @GetMapping("/sources/{id}/findings")
    Page<FindingView> listFindings(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Page<SourceFinding> page = sources.findings(
                caller, new SourceId(id), kind(kind), Cursor.itemOf(FINDINGS, cursor), checkLimit(limit));
        return new Page<>(
                page.items().stream()
                        .map(one -> new FindingView(one.path(), one.kind().text(), one.reason()))
                        .toList(),
                Cursor.after(FINDINGS, page.next()));
    }

    /** Lists the files that the last scans did not find, by path. */
    @GetMapping("/sources/{id}/missing")
    Page<MissingFileView> listMissingFiles(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Page<MissingFile> page =
                sources.missing(caller, new SourceId(id), Cursor.itemOf(MISSING, cursor), checkLimit(limit));
        return new Page<>(
                page.items().stream()
                        .map(one -> new MissingFileView(
                                one.path(),
                                one.document() == null ? null : one.document().value(),
                                one.title(),
                                one.missingSince()))
                        .toList(),
                Cursor.after(MISSING, page.next()));
    }

    private SourceView view(Caller caller, SourceStatus status) {
        return SourceView.of(status, jobs.findScan(caller, status.source().id()).orElse(null));
    }

    private static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw LecternException.invalid("limit", "The `limit` is " + limit + ". It must be 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }

    private static SourceFinding.@Nullable Kind kind(@Nullable String text) {
        return text == null
                ? null
                : SourceFinding.Kind.find(text)
                        .orElseThrow(() -> LecternException.invalid(
                                "kind",
                                "The `kind` " + text + " is unknown. Use one of: "
                                        + Arrays.stream(SourceFinding.Kind.values())
                                                .map(SourceFinding.Kind::text)
                                                .collect(Collectors.joining(", "))
                                        + "."));
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
                    "The `path` has a character that no name of this system can have. Give the absolute `path` of a"
                            + " folder.");
        }
        throw LecternException.invalid(
                "path",
                "The `path` " + path
                        + " is not absolute. Give the absolute `path` of a folder of the server's machine.");
    }
}
