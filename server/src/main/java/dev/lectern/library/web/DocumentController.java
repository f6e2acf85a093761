package dev.lectern.library.web;

import dev.lectern.library.Document;
import dev.lectern.library.DocumentText;
import dev.lectern.library.DocumentText.PageStart;
import dev.lectern.library.DocumentView;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Original;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping("/api/v1/documents")
class DocumentController {
    /** What a browser shows without running anything of it; all else is saved, or shown as plain text. */
    private static final Set<String> SHOWN = Set.of("application/pdf", "text/plain");

    private final Documents documents;
    private final LibraryCollections collections;

    DocumentController(Documents documents, LibraryCollections collections) {
        this.documents = documents;
        this.collections = collections;
    }

    record HeadingView(String title, String text, int level, int start) {}

    record TextView(
            String documentId,
            String title,
            String uri,
            int version,
            String text,
            List<HeadingView> headings,
            List<PageStart> pages) {
        static TextView of(DocumentText text) {
            return new TextView(
                    text.document().value(),
                    text.title(),
                    text.uri(),
                    text.version(),
                    text.text(),
                    text.headings().stream()
                            .map(heading ->
                                    new HeadingView(heading.title(), heading.title(), heading.level(), heading.start()))
                            .toList(),
                    text.pages());
        }
    }

    @GetMapping("/{id}")
    DocumentView get(Caller caller, @PathVariable String id) {
        return DocumentView.of(readable(caller, id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        documents.delete(readable(caller, id).id());
    }

    /** Its tag is the version and what else is shown: whoever has it already is told so before the text is read. */
    @GetMapping("/{id}/text")
    @Nullable TextView text(Caller caller, @PathVariable String id, WebRequest request, HttpServletResponse response) {
        Document document = readable(caller, id);
        mayBeKept(response);
        if (document.version() > 0 && request.checkNotModified(tag(document))) {
            return null;
        }
        return documents
                .text(document.id())
                .map(TextView::of)
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND,
                        "This document has no text yet. Its status says whether it is being read or has failed."));
    }

    private static String tag(Document document) {
        int shown = Objects.hash(document.title(), document.uri());
        return "W/\"" + document.version() + "-" + Integer.toHexString(shown) + "\"";
    }

    /** By the reader's own browser, which asks each time whether it still holds. */
    private static void mayBeKept(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-cache, private");
    }

    /**
     * The original. What could run in a browser as a part of our page (HTML, SVG, XML …) is only ever handed out as a file to save, and nothing is
     * taken for another type than it is said to be.
     */
    @GetMapping("/{id}/content")
    ResponseEntity<Resource> content(Caller caller, @PathVariable String id, HttpServletResponse response) {
        mayBeKept(response);
        Original original = documents.content(readable(caller, id).id());
        String type = original.mediaType() == null ? "" : original.mediaType();
        boolean shown = SHOWN.contains(type);
        ContentDisposition disposition = (shown ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(original.name(), StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .contentType(shown ? shownAs(type) : MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", disposition.toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
                .eTag('"' + original.hash() + '"')
                .body(new FileSystemResource(original.file()));
    }

    private static MediaType shownAs(String type) {
        return type.equals("text/plain") ? MediaType.TEXT_PLAIN : MediaType.parseMediaType(type);
    }

    private Document readable(Caller caller, String id) {
        return documents.get(new DocumentId(id), collections.readableBy(caller));
    }
}
