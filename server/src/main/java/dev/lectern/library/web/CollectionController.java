package dev.lectern.library.web;

import dev.lectern.http.Cursor;
import dev.lectern.http.EntityTag;
import dev.lectern.http.JsonParameters;
import dev.lectern.http.NumberChange;
import dev.lectern.http.Page;
import dev.lectern.index.IndexRebuild;
import dev.lectern.index.IndexRebuildMonitor;
import dev.lectern.library.CollectionChange;
import dev.lectern.library.CollectionName;
import dev.lectern.library.ConditionalChanges;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.DocumentView;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchFilterRequest;
import dev.lectern.security.CollectionAccess;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/collections", produces = MediaType.APPLICATION_JSON_VALUE)
class CollectionController {
    private static final int SUGGESTIONS = 4;
    private static final String DOCUMENTS = "documents";

    private final LibraryCollections collections;
    private final Documents documents;
    private final DocumentFields fields;
    private final IndexRebuildMonitor rebuilds;
    private final RunningDocuments running;
    private final ConditionalChanges changes;
    private final CollectionAccess access;
    private final JsonParameters parameters;

    CollectionController(
            LibraryCollections collections,
            Documents documents,
            DocumentFields fields,
            IndexRebuildMonitor rebuilds,
            RunningDocuments running,
            ConditionalChanges changes,
            CollectionAccess access,
            JsonParameters parameters) {
        this.collections = collections;
        this.documents = documents;
        this.fields = fields;
        this.rebuilds = rebuilds;
        this.running = running;
        this.changes = changes;
        this.access = access;
        this.parameters = parameters;
    }

    /**
     * A named set of documents that are searched together.
     *
     * @param documents number of documents of any status
     * @param searchable number of documents that can be searched
     * @param pending number of documents that are still to be read for the first time
     * @param permission the highest that the caller has: {@code read}, {@code write} or {@code manage}
     * @param conversationsKeptDays for how many days conversations that ask it are kept after their last question, 1 to 3,650; absent for as long as the server
     *     keeps them
     * @param indexRebuild progress while the index of all collections is being rebuilt, and nothing can be searched; otherwise absent
     */
    record CollectionView(
            String id,
            String name,
            long documents,
            long searchable,
            long pending,
            long generation,
            @Nullable Instant createdAt,
            String permission,
            @Nullable Integer conversationsKeptDays,
            @Nullable IndexRebuild indexRebuild) {
        static CollectionView of(LibraryCollection collection, Permission permission, @Nullable IndexRebuild rebuild) {
            return new CollectionView(
                    collection.id().value(),
                    collection.name(),
                    collection.documents(),
                    collection.searchable(),
                    collection.pending(),
                    collection.generation(),
                    collection.createdAt(),
                    permission.text(),
                    collection.conversationsKeptDays(),
                    rebuild);
        }
    }

    /**
     * The name of a collection.
     *
     * @param name required, 1 to 80 visible characters; others are removed
     */
    record NameRequest(@Nullable String name) {
        String required() {
            if (name == null) {
                throw LecternException.invalid(
                        "name", "The field `name` is missing. Send a name of 1 to 80 characters.");
            }
            return new CollectionName(name).value();
        }
    }

    /**
     * What to change of a collection; what is absent stays.
     *
     * @param name 1 to 80 visible characters; others are removed
     * @param conversationsKeptDays for how many days conversations that ask it are kept after their last question, 1 to 3,650; null as a value for as long as
     *     the server keeps them
     */
    record CollectionChangeRequest(
            @Nullable String name, @Nullable NumberChange conversationsKeptDays) {
        CollectionChange checked() {
            if (name == null && conversationsKeptDays == null) {
                throw LecternException.invalid(
                        "name",
                        "The request changes nothing. Send `name`, a name of 1 to 80 characters, or"
                                + " `conversationsKeptDays`.");
            }
            return new CollectionChange(name, conversationsKeptDays);
        }
    }

    /**
     * A question that the documents answer.
     *
     * @param documentId the document that answers it
     */
    record SuggestionView(String question, String documentId) {}

    /** @param items at most 4 */
    record SuggestionsView(List<SuggestionView> items) {}

    /** @param items at most 50: tags, language, media type and dates first, then the metadata of most documents */
    record FieldsView(List<FieldView> items) {}

    /**
     * A field to filter by.
     *
     * @param field for the {@code field} of a condition, such as {@code metadata.author}
     * @param kind {@code text}, {@code date} or {@code number}; ranges are possible for the last two
     * @param documents number of documents that have it
     * @param distinct number of different values
     * @param values the most frequent ones, at most 20
     * @param from the first date or the smallest number; absent for texts
     * @param to the last date or the largest number; absent for texts
     */
    record FieldView(
            String field,
            String kind,
            long documents,
            long distinct,
            List<DocumentFields.Value> values,
            @Nullable String from,
            @Nullable String to) {
        static FieldView of(DocumentFields.Field field) {
            return new FieldView(
                    field.name(),
                    field.kind().name().toLowerCase(Locale.ROOT),
                    field.documents(),
                    field.distinct(),
                    field.values(),
                    field.from(),
                    field.to());
        }
    }

    /** Lists all collections. */
    @GetMapping
    @RequiresScope(Scope.READ)
    Page<CollectionView> listCollections(Caller caller) {
        return new Page<>(
                collections.list(caller).stream().map(one -> view(caller, one)).toList(), null);
    }

    /** Creates a collection. */
    @PostMapping
    @RequiresScope(Scope.MANAGE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<CollectionView> createCollection(
            Caller caller, @RequestBody NameRequest request, HttpServletResponse response) {
        CollectionView created = tagged(caller, collections.create(caller, request.required()), response);
        return ResponseEntity.created(URI.create("/api/v1/collections/" + created.id()))
                .body(created);
    }

    /** Shows a collection. */
    @GetMapping("/{id}")
    @RequiresScope(Scope.READ)
    CollectionView getCollection(Caller caller, @PathVariable String id, HttpServletResponse response) {
        return tagged(caller, collections.get(caller, new CollectionId(id)), response);
    }

    /** Changes the name of a collection, or for how long conversations that ask it are kept. */
    @PatchMapping("/{id}")
    @RequiresScope(Scope.MANAGE)
    CollectionView renameCollection(
            Caller caller,
            @PathVariable String id,
            @RequestBody CollectionChangeRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        CollectionId collection = new CollectionId(id);
        CollectionChange change = request.checked();
        requireManager(caller, collection);
        changes.change(
                caller,
                collection,
                ifMatch,
                () -> entityTag(collections.get(caller, collection)),
                () -> collections.change(caller, collection, change));
        return tagged(caller, collections.get(caller, collection), response);
    }

    /**
     * Deletes a collection with all its documents.
     *
     * @throws LecternException CONFLICT for the collection {@code default}
     */
    @DeleteMapping("/{id}")
    @RequiresScope(Scope.MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteCollection(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        CollectionId collection = new CollectionId(id);
        if (ifMatch == null) {
            collections.delete(caller, collection);
        } else {
            collections.delete(
                    caller,
                    collection,
                    () -> EntityTag.requireMatch(ifMatch, entityTag(collections.get(caller, collection))));
        }
    }

    /**
     * Lists the documents of a collection.
     *
     * @param status {@link DocumentStatus}; null for all
     * @param query text in the title, in any letter case; null for all
     * @param filter JSON of the {@code filter} of a search, such as {@code {"all":[{"field":"tags","equals":"policy"}]}}; null for all
     * @param q an older name of {@code query}
     */
    @GetMapping("/{id}/documents")
    @RequiresScope(Scope.READ)
    Page<DocumentView> listDocuments(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String q) {
        Page<Document> page = documents.page(
                caller,
                existing(caller, id),
                new DocumentFilter(
                        status == null ? null : status(status),
                        query == null ? q : query,
                        SearchFilterRequest.parse(parameters.read("filter", filter, SearchFilterRequest.class)),
                        Cursor.itemOf(DOCUMENTS, cursor),
                        limit));
        return new Page<>(running.describe(page.items()), Cursor.after(DOCUMENTS, page.next()));
    }

    /** The fields that the documents of a collection can be filtered by, with their most frequent values. */
    @GetMapping("/{id}/fields")
    @RequiresScope(Scope.READ)
    FieldsView listFilterFields(Caller caller, @PathVariable String id) {
        return new FieldsView(fields.list(caller, new CollectionId(id)).stream()
                .map(FieldView::of)
                .toList());
    }

    /**
     * What is counted.
     *
     * @param filter required, with at least one condition
     */
    record CountRequest(@Nullable SearchFilterRequest filter) {}

    /**
     * How many documents pass a filter.
     *
     * @param documents number of documents of the collection that pass
     */
    record CountView(long documents) {}

    /** Counts the documents of a collection that pass a filter. */
    @PostMapping("/{id}/documents/count")
    @RequiresScope(Scope.READ)
    CountView count(Caller caller, @PathVariable String id, @RequestBody CountRequest request) {
        SearchFilter filter = SearchFilterRequest.parse(request.filter());
        if (filter.all().isEmpty()) {
            throw LecternException.invalid(
                    "filter", "The filter has no condition. Send one, or read `documents` of the collection.");
        }
        return new CountView(fields.count(caller, new CollectionId(id), filter));
    }

    /** Suggests up to four questions that the documents of a collection answer. */
    @GetMapping("/{id}/suggestions")
    @RequiresScope(Scope.READ)
    SuggestionsView suggestQuestions(Caller caller, @PathVariable String id) {
        return new SuggestionsView(documents.suggestions(caller, existing(caller, id), SUGGESTIONS).stream()
                .map(suggestion -> new SuggestionView(
                        suggestion.question(), suggestion.document().value()))
                .toList());
    }

    private CollectionView tagged(Caller caller, LibraryCollection collection, HttpServletResponse response) {
        EntityTag.write(entityTag(collection), response);
        return view(caller, collection);
    }

    /** Of what people change, not of the numbers that change by themselves. */
    private static String entityTag(LibraryCollection collection) {
        Integer days = collection.conversationsKeptDays();
        return days == null ? EntityTag.of(collection.name()) : EntityTag.of(collection.name(), days);
    }

    private CollectionView view(Caller caller, LibraryCollection collection) {
        Permission permission = access.highest(caller, collection.id()).orElse(Permission.READ);
        return CollectionView.of(collection, permission, rebuilds.find().orElse(null));
    }

    private static DocumentStatus status(String text) {
        try {
            return DocumentStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw LecternException.invalid(
                    "status", "The `status` " + text + " is unknown. Use queued, running, done or failed.");
        }
    }

    /** Before the condition of a request: whoever may not change a collection learns no more than that. */
    private void requireManager(Caller caller, CollectionId collection) {
        access.require(caller, Permission.MANAGE, collection, LibraryCollections::notFound);
    }
    /** The lists of a collection that does not exist would be empty. */
    private CollectionId existing(Caller caller, String id) {
        CollectionId collection = new CollectionId(id);
        collections.readableBy(caller, List.of(collection));
        return collection;
    }
}
