package dev.lectern.ingestion.web;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.UploadService;
import dev.lectern.ingestion.UploadService.UploadedFile;
import dev.lectern.library.DocumentView;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import dev.lectern.storage.DiskSpace;
import dev.lectern.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.WRITE)
class UploadController {
    private final UploadService uploads;
    private final JobService jobs;
    private final OriginalStore originals;
    private final Documents documents;
    private final LibraryCollections collections;
    private final DiskSpace disk;
    private final IngestionProperties properties;

    UploadController(
            UploadService uploads,
            JobService jobs,
            OriginalStore originals,
            Documents documents,
            LibraryCollections collections,
            DiskSpace disk,
            IngestionProperties properties) {
        this.uploads = uploads;
        this.jobs = jobs;
        this.originals = originals;
        this.documents = documents;
        this.collections = collections;
        this.disk = disk;
        this.properties = properties;
    }

    /**
     * What happens to a file whose path has a document with other content: {@code refuse} leaves the document as it is, {@code replace} makes the file its
     * next version, {@code keepBoth} adds the file under a free name.
     */
    enum OnConflict {
        refuse(ConflictPolicy.REFUSE),
        replace(ConflictPolicy.REPLACE),
        keepBoth(ConflictPolicy.KEEP_BOTH);

        private final ConflictPolicy policy;

        OnConflict(ConflictPolicy policy) {
            this.policy = policy;
        }
    }

    /**
     * Uploads files to a collection. The bytes are stored, and reading them is a job. Each file is accepted or refused by itself.
     *
     * @param onConflict what happens to a file whose path has a document with other content
     * @throws LecternException ORIGINALS_UNAVAILABLE while the bytes cannot be stored
     */
    @PostMapping(path = "/collections/{id}/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    UploadView uploadDocuments(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "onConflict", defaultValue = "refuse") OnConflict onConflict) {
        WritableCollection collection = collections.writableBy(caller, new CollectionId(id));
        disk.requireRoom();
        List<MultipartFile> sent = required(files);
        UploadService.Upload upload = uploads.addFiles(collection, store(sent), onConflict.policy);
        JobId job = upload.job();
        JobView jobView = job == null ? null : JobView.of(jobs.job(caller, job));
        ReadableCollections readable = collections.readableBy(caller, List.of(collection.id()));
        List<UploadView.Item> items = upload.documents().stream()
                .map(one -> UploadView.Item.of(one, findView(one, readable), jobView))
                .toList();
        if (jobView == null) {
            throw new UploadRefusedException(items);
        }
        return UploadView.of(items, jobView);
    }

    @ExceptionHandler(UploadRefusedException.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    ResponseEntity<UploadConflictView> describeConflict(UploadRefusedException refused) {
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(UploadConflictView.of(refused.items));
    }

    /** All files of an upload were refused. */
    static final class UploadRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<UploadView.Item> items;

        UploadRefusedException(List<UploadView.Item> items) {
            super("All files of the upload were refused");
            this.items = items;
        }
    }

    private @Nullable DocumentView findView(RegistrationResult result, ReadableCollections readable) {
        return Optional.ofNullable(result.document())
                .flatMap(document -> documents.find(document, readable))
                .map(DocumentView::of)
                .orElse(null);
    }

    /** Reads a document again, and embeds its passages again. */
    @PostMapping("/documents/{id}/reingest")
    @ResponseStatus(HttpStatus.ACCEPTED)
    UploadView reingestDocument(Caller caller, @PathVariable String id) {
        DocumentId document = new DocumentId(id);
        JobView job = JobView.of(jobs.job(caller, jobs.reingest(caller, document)));
        DocumentView view = DocumentView.of(documents.get(caller, document));
        return new UploadView(List.of(UploadView.Item.existing(view, job)), List.of(view), job);
    }

    private List<MultipartFile> required(@Nullable List<MultipartFile> files) {
        if (files == null || files.isEmpty()) {
            throw LecternException.invalid("file", "Send one or more files as parts named `file`.");
        }
        if (files.size() > properties.maxUploadFiles()) {
            throw new LecternException(
                    ErrorCode.TOO_LARGE,
                    "The upload has " + files.size() + " files, the maximum is " + properties.maxUploadFiles()
                            + ". Send the others in another upload.");
        }
        for (MultipartFile file : files) {
            if (file.getSize() > properties.maxFile().toBytes()) {
                throw new LecternException(
                        ErrorCode.TOO_LARGE,
                        "A file of the upload is larger than "
                                + properties.maxFile().toMegabytes()
                                + " MB. Split it, or ask the operator of this server for a higher limit.");
            }
        }
        return files;
    }

    private List<UploadedFile> store(List<MultipartFile> files) {
        List<UploadedFile> stored = new ArrayList<>();
        try {
            for (MultipartFile file : files) {
                try (InputStream in = file.getInputStream()) {
                    String name = VisibleText.toName(Objects.requireNonNullElse(file.getOriginalFilename(), ""));
                    stored.add(new UploadedFile(
                            name, originals.store(in, properties.maxFile().toBytes())));
                }
            }
            return stored;
        } catch (IOException e) {
            stored.forEach(one -> originals.release(one.stored().hash()));
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST, "The upload ended before it was complete. Send it again.", e);
        } catch (RuntimeException e) {
            stored.forEach(one -> originals.release(one.stored().hash()));
            throw e;
        }
    }
}
