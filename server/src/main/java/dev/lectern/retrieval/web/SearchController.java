package dev.lectern.retrieval.web;

import dev.lectern.http.StoredResponse;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.SearchFilterRequest;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalProperties;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.RetrievalResult;
import dev.lectern.retrieval.Retriever;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import dev.lectern.text.VisibleText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/search", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.SEARCH)
class SearchController {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_QUERY = 4_000;
    private static final int MAX_COLLECTIONS = 100;

    private final Retriever retriever;
    private final LibraryCollections collections;
    private final DocumentWarnings warnings;
    private final RetrievalProperties properties;
    private final InstantSource clock;

    SearchController(
            Retriever retriever,
            LibraryCollections collections,
            DocumentWarnings warnings,
            RetrievalProperties properties,
            InstantSource clock) {
        this.retriever = retriever;
        this.collections = collections;
        this.warnings = warnings;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Finds the passages that match a query, the best ones first.
     *
     * @throws LecternException MODEL_FAILED, MODEL_UNAVAILABLE, INDEX_UNAVAILABLE, DEADLINE_EXCEEDED
     */
    @PostMapping
    SearchResult searchPassages(@RequestBody SearchRequest request, Caller caller, HttpServletRequest http) {
        // A search changes nothing. Its result, with text of documents, must not be given again after they were
        // deleted.
        StoredResponse.discard(http);
        ReadableCollections readable = readable(request.collections(), caller);
        RetrievalResult found = retriever.retrieve(new RetrievalRequest(
                query(request.query()),
                List.of(),
                readable,
                mode(request.mode()),
                limit(request.limit()),
                Deadline.in(properties.searchTimeout(), clock),
                ModelCallContext.of(Purpose.EMBED_QUESTION, caller),
                SearchFilterRequest.parse(request.filter())));
        Map<DocumentId, DocumentWarning> about = warnings.find(
                found.passages().stream()
                        .map(ranked -> ranked.passage().document())
                        .distinct()
                        .toList(),
                readable);
        return new SearchResult(
                found.passages().stream()
                        .map(ranked -> SearchResult.Item.of(
                                ranked, about.get(ranked.passage().document())))
                        .toList(),
                SearchResult.Searched.of(collections.list(readable)));
    }

    private static String query(@Nullable String query) {
        if (query == null || VisibleText.isBlank(query)) {
            throw LecternException.invalid(
                    "query", "The query is empty. Write 1 to %,d characters.".formatted(MAX_QUERY));
        }
        if (query.length() > MAX_QUERY) {
            throw LecternException.invalid(
                    "query", "The query has %,d characters. Shorten it to %,d.".formatted(query.length(), MAX_QUERY));
        }
        return query;
    }

    private ReadableCollections readable(@Nullable List<String> wanted, Caller caller) {
        List<String> ids = wanted == null ? List.of() : wanted;
        if (ids.size() > MAX_COLLECTIONS) {
            throw LecternException.invalid(
                    "collections",
                    "The search names %d collections. Name at most %d.".formatted(ids.size(), MAX_COLLECTIONS));
        }
        return collections.readableBy(
                caller, ids.stream().map(CollectionId::new).toList());
    }

    private static RetrievalMode mode(@Nullable String mode) {
        return switch (mode == null ? "hybrid" : mode.toLowerCase(Locale.ROOT)) {
            case "hybrid" -> RetrievalMode.HYBRID;
            case "lexical" -> RetrievalMode.LEXICAL;
            case "dense" -> RetrievalMode.DENSE;
            default -> throw LecternException.invalid("mode", "Unknown mode. Use hybrid, lexical or dense.");
        };
    }

    private static int limit(@Nullable Integer limit) {
        int wanted = limit == null ? DEFAULT_LIMIT : limit;
        if (wanted < 1 || wanted > MAX_LIMIT) {
            throw LecternException.invalid(
                    "limit", "The limit is out of bounds. Ask for 1 to %d passages.".formatted(MAX_LIMIT));
        }
        return wanted;
    }
}
