package dev.lectern.library.web;

import dev.lectern.http.EntityTag;
import dev.lectern.library.Block;
import dev.lectern.library.ConditionalChanges;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentTags;
import dev.lectern.library.DocumentText;
import dev.lectern.library.DocumentText.PageStart;
import dev.lectern.library.DocumentView;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarningView;
import dev.lectern.library.Documents;
import dev.lectern.library.TextLine;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping(path = "/api/v1/documents", produces = MediaType.APPLICATION_JSON_VALUE)
class DocumentController {
    private final Documents documents;
    private final DocumentTags tags;
    private final RunningDocuments running;
    private final ConditionalChanges changes;

    DocumentController(Documents documents, DocumentTags tags, RunningDocuments running, ConditionalChanges changes) {
        this.documents = documents;
        this.tags = tags;
        this.running = running;
        this.changes = changes;
    }

    /**
     * The tags of a document.
     *
     * @param tags required, at most {@value DocumentTags#MAX_TAGS} of 1 to {@value DocumentTags#MAX_LENGTH} visible characters; an empty list for none
     */
    record TagsRequest(@Nullable List<@Nullable String> tags) {}

    /**
     * A heading of the text.
     *
     * @param title the heading
     * @param text the same as {@code title}
     * @param level 1 to 9, 1 for the highest
     */
    record HeadingView(String title, String text, int level, int start) {}

    /**
     * A part of the text that is one unit in its file.
     *
     * @param type {@link Block.Type}
     * @param start in the text, UTF-16 units
     * @param end exclusive
     * @param level of a heading or list item, from 1; absent for all others
     * @param page from 1; absent for formats without pages
     * @param table number of its table in the document, from 0; absent outside of tables
     * @param marks {@link Block.Mark}; absent without any
     * @param confidence of recognised text in percent, 0 to 100; absent for all other text
     */
    record BlockView(
            String type,
            int start,
            int end,
            @Nullable Integer level,
            @Nullable Integer page,
            @Nullable Integer table,
            @Nullable List<String> marks,
            @Nullable Integer confidence) {

        static List<BlockView> of(List<Block> blocks) {
            List<BlockView> views = new ArrayList<>(blocks.size());
            int table = -1;
            Block.Type before = Block.Type.PARAGRAPH;
            for (Block block : blocks) {
                boolean header = block.type() == Block.Type.TABLE_HEADER;
                if (block.type().isTable() && (!before.isTable() || (header && before == Block.Type.TABLE_ROW))) {
                    table++;
                }
                views.add(new BlockView(
                        block.type().name().toLowerCase(Locale.ROOT),
                        block.start(),
                        block.end(),
                        block.level() == 0 ? null : block.level(),
                        block.page(),
                        block.type().isTable() ? table : null,
                        block.marks().isEmpty()
                                ? null
                                : block.marks().stream()
                                        .sorted()
                                        .map(mark -> mark.name().toLowerCase(Locale.ROOT))
                                        .toList(),
                        block.confidence()));
                before = block.type();
            }
            return views;
        }
    }

    /**
     * The text of a document.
     *
     * @param pages where each page begins; empty in formats without pages
     * @param blocks in the order of the text; empty while the text is that of an earlier release
     * @param lines where its lines are on their pages; absent unless they are asked for
     * @param warning about the text; absent while there is none
     */
    record TextView(
            String documentId,
            String title,
            String uri,
            int version,
            String text,
            List<HeadingView> headings,
            List<PageStart> pages,
            List<BlockView> blocks,
            @Nullable List<TextLine> lines,
            @Nullable DocumentWarningView warning) {
        static TextView of(DocumentText text, @Nullable List<TextLine> lines, @Nullable DocumentWarning warning) {
            return new TextView(
                    text.document().value(),
                    text.title(),
                    DocumentLocation.withoutServerPath(text.uri()),
                    text.version(),
                    text.text(),
                    text.headings().stream()
                            .map(heading ->
                                    new HeadingView(heading.title(), heading.title(), heading.level(), heading.start()))
                            .toList(),
                    text.pages(),
                    BlockView.of(text.blocks()),
                    lines,
                    DocumentWarningView.of(warning));
        }
    }

    /** Shows a document. */
    @GetMapping("/{id}")
    @RequiresScope(Scope.READ)
    DocumentView getDocument(Caller caller, @PathVariable String id, HttpServletResponse response) {
        Document document = documents.get(caller, new DocumentId(id));
        EntityTag.write(changeTag(document), response);
        return running.describe(List.of(document)).getFirst();
    }

    /** Of what people change: content, tags and place. */
    private static String changeTag(Document document) {
        return EntityTag.of(document.version(), document.tags(), document.uri(), document.collection());
    }

    /** Deletes a document from library, index and originals. */
    @DeleteMapping("/{id}")
    @RequiresScope(Scope.WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteDocument(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        DocumentId document = new DocumentId(id);
        if (ifMatch == null) {
            documents.delete(caller, document);
        } else {
            documents.delete(
                    caller,
                    document,
                    () -> EntityTag.requireMatch(ifMatch, changeTag(documents.getWritable(caller, document))));
        }
    }

    /** Replaces the tags of a document. Those that it has from a folder stay. */
    @PutMapping("/{id}/tags")
    @RequiresScope(Scope.WRITE)
    DocumentView setDocumentTags(
            Caller caller,
            @PathVariable String id,
            @RequestBody TagsRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        DocumentId document = new DocumentId(id);
        List<String> wanted = DocumentTags.normalize(request.tags());
        if (ifMatch == null) {
            tags.set(caller, document, wanted);
        } else {
            changes.change(
                    caller,
                    documents.get(caller, document).collection(),
                    ifMatch,
                    () -> changeTag(documents.get(caller, document)),
                    () -> tags.set(caller, document, wanted));
        }
        return getDocument(caller, id, response);
    }

    /**
     * The text that was read from a document, with its headings, pages and blocks.
     *
     * @param lines whether the lines with their places on the pages are added
     */
    // The entity tag contains the version, title, address and warning, so that an unchanged text is not read from the
    // database.
    @GetMapping("/{id}/text")
    @RequiresScope(Scope.READ)
    @Nullable TextView getDocumentText(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean lines,
            WebRequest request,
            HttpServletResponse response) {
        Document document = documents.get(caller, new DocumentId(id));
        allowRevalidation(response);
        if (document.version() > 0 && request.checkNotModified(entityTag(document, lines))) {
            return null;
        }
        return documents
                .text(caller, document.id())
                .map(text -> TextView.of(
                        text,
                        lines ? documents.lines(caller, document.id(), text.version()) : null,
                        document.warning()))
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND,
                        "The document has no text yet. Check its status: it is being processed or has failed."));
    }

    private static String entityTag(Document document, boolean lines) {
        int shown = Objects.hash(document.title(), document.uri(), hash(document.warning()), lines);
        return "W/\"" + document.version() + "-" + Integer.toHexString(shown) + "\"";
    }

    /** The same in every process, which the hash of an enum is not. */
    private static int hash(@Nullable DocumentWarning warning) {
        return warning == null ? 0 : Objects.hash(warning.code().name(), warning.since(), warning.detail());
    }

    /** Allows the browser to store the response and requires revalidation. */
    private static void allowRevalidation(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-cache, private");
    }

    /**
     * The original of a document. PDF and plain text are shown by browsers, all other types are downloads.
     *
     * @throws LecternException GONE if the original is no longer stored, ORIGINALS_UNAVAILABLE
     */
    @GetMapping(path = "/{id}/content", produces = MediaType.ALL_VALUE)
    @RequiresScope(Scope.READ)
    ResponseEntity<Resource> getDocumentContent(Caller caller, @PathVariable String id, HttpServletResponse response) {
        allowRevalidation(response);
        return OriginalResponse.of(documents.content(caller, new DocumentId(id)), response);
    }
}
