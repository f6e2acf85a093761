package dev.lectern.answering;

import dev.lectern.http.Page;
import dev.lectern.library.CollectionChange;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentState;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.DocumentText;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.OriginalFile;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchableCollections;
import dev.lectern.library.TextLine;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.PassageId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A library of passages in memory, with one collection. Documents can change and vanish. */
public final class FakeLibrary implements Documents, Passages, LibraryCollections, DocumentWarnings, DocumentFields {
    private static final ReadableCollections ALL = TestAccess.readable(Set.of(CollectionId.DEFAULT));

    private final Map<PassageId, Passage> passages = new ConcurrentHashMap<>();
    private final Map<DocumentId, DocumentWarning> warnings = new ConcurrentHashMap<>();
    private final Set<DocumentId> hidden = ConcurrentHashMap.newKeySet();
    private volatile Set<DocumentId> matching = Set.of();
    private final AtomicLong generation = new AtomicLong();
    private volatile long documents = 2;
    private volatile long searchable = 2;
    private volatile long pending;

    public FakeLibrary() {
        put(SamplePassages.HANDBOOK);
        put(SamplePassages.AGREEMENT);
    }

    /** Adds a passage; those of earlier versions of its document go. */
    public void put(Passage passage) {
        passages.values()
                .removeIf(old -> old.document().equals(passage.document()) && old.version() < passage.version());
        passages.put(passage.id(), passage);
        generation.incrementAndGet();
    }

    /** Counts its documents differently: the rest of them could not be read. */
    public void count(long documents, long searchable, long pending) {
        this.documents = documents;
        this.searchable = searchable;
        this.pending = pending;
    }

    /** Gives a document a warning, or takes it away. */
    public void warn(DocumentId document, @Nullable DocumentWarning warning) {
        if (warning == null) {
            warnings.remove(document);
        } else {
            warnings.put(document, warning);
        }
        generation.incrementAndGet();
    }

    /** Neither finds nor cites a document any more. */
    public void hide(DocumentId document) {
        hidden.add(document);
        generation.incrementAndGet();
    }

    /** Lets only these documents pass, whatever the filter. */
    public void match(Set<DocumentId> documents) {
        matching = Set.copyOf(documents);
        generation.incrementAndGet();
    }

    @Override
    public Set<DocumentId> find(SearchFilter filter, ReadableCollections readable) {
        return matching;
    }

    @Override
    public List<Field> list(Caller caller, CollectionId collection) {
        return List.of();
    }

    @Override
    public long count(Caller caller, CollectionId collection, SearchFilter filter) {
        throw new UnsupportedOperationException();
    }

    /** Loses a passage as no change would. */
    public void forget(Passage passage) {
        passages.remove(passage.id());
    }

    public void delete(DocumentId document) {
        delete(TestAccess.OPERATOR, document);
    }

    @Override
    public void delete(Caller caller, DocumentId document, Runnable condition) {
        passages.values().removeIf(passage -> passage.document().equals(document));
        generation.incrementAndGet();
    }

    @Override
    public Optional<Document> find(DocumentId document, ReadableCollections readable) {
        return ofDocument(document, readable).stream().findFirst().map(FakeLibrary::document);
    }

    @Override
    public Map<DocumentId, DocumentState> findStates(Collection<DocumentId> documents, ReadableCollections readable) {
        Map<DocumentId, DocumentState> states = new HashMap<>();
        documents.forEach(id -> find(id, readable)
                .ifPresent(document ->
                        states.put(id, new DocumentState(document.version(), document.version(), warnings.get(id)))));
        return states;
    }

    @Override
    public Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents, ReadableCollections readable) {
        return documents.stream().filter(warnings::containsKey).collect(Collectors.toMap(id -> id, warnings::get));
    }

    @Override
    public Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents, SearchableCollections searched) {
        return find(documents, searched.readable());
    }

    @Override
    public Set<DocumentId> findHidden(ReadableCollections readable) {
        return Set.copyOf(hidden);
    }

    @Override
    public Document get(Caller caller, DocumentId document) {
        return find(document, ALL).orElseThrow(FakeLibrary::notFound);
    }

    @Override
    public Document getWritable(Caller caller, DocumentId document) {
        return get(caller, document);
    }

    @Override
    public Map<PassageId, Passage> present(Collection<PassageId> ids, ReadableCollections readable) {
        return ids.stream()
                .filter(passages::containsKey)
                .collect(Collectors.toMap(
                        Function.identity(),
                        id -> Optional.ofNullable(passages.get(id)).orElseThrow()));
    }

    @Override
    public List<Passage> ofDocument(DocumentId document, ReadableCollections readable) {
        return passages.values().stream()
                .filter(passage -> passage.document().equals(document))
                .toList();
    }

    @Override
    public ReadableCollections readableBy(Caller caller) {
        return ALL;
    }

    @Override
    public ReadableCollections readableBy(Caller caller, List<CollectionId> wanted) {
        if (!Set.of(CollectionId.DEFAULT).containsAll(wanted)) {
            throw notFound();
        }
        return ALL;
    }

    @Override
    public SearchableCollections searchableBy(Caller caller, List<CollectionId> wanted) {
        ReadableCollections readable = readableBy(caller, wanted);
        return new SearchableCollections(readable, generations(readable));
    }

    @Override
    public WritableCollection writableBy(Caller caller, CollectionId collection) {
        return TestAccess.writable(collection);
    }

    @Override
    public LibraryCollection get(Caller caller, CollectionId collection) {
        return new LibraryCollection(collection, "Documents", documents, searchable, pending, 1, null, null);
    }

    @Override
    public List<LibraryCollection> list(ReadableCollections collections) {
        return collections.ids().stream()
                .map(id -> get(collections.caller(), id))
                .toList();
    }

    @Override
    public List<Passage> neighbours(PassageId passage, int before, int after, ReadableCollections readable) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Document> page(Caller caller, CollectionId collection, DocumentFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<DocumentStatus, Long> counts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<DocumentText> text(Caller caller, DocumentId document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TextLine> lines(Caller caller, DocumentId document, int version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OriginalFile content(Caller caller, DocumentId document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Suggestion> suggestions(Caller caller, CollectionId collection, int limit) {
        throw new UnsupportedOperationException();
    }

    private long generation(CollectionId collection) {
        return generation.get();
    }

    @Override
    public Map<CollectionId, Long> generations(ReadableCollections collections) {
        return collections.ids().stream().collect(Collectors.toMap(Function.identity(), this::generation));
    }

    @Override
    public List<LibraryCollection> list(Caller caller) {
        return List.of();
    }

    @Override
    public LibraryCollection create(Caller caller, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LibraryCollection change(Caller caller, CollectionId collection, CollectionChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<CollectionId, Integer> conversationDays(ReadableCollections collections) {
        return Map.of();
    }

    @Override
    public void delete(Caller caller, CollectionId collection, Runnable condition) {
        throw new UnsupportedOperationException();
    }

    private static LecternException notFound() {
        return new LecternException(ErrorCode.NOT_FOUND, "There is no such thing.");
    }

    private static Document document(Passage passage) {
        return new Document(
                passage.document(),
                passage.collection(),
                passage.title(),
                passage.uri(),
                DocumentStatus.DONE,
                null,
                null,
                passage.version(),
                1,
                "text/plain",
                1,
                "0",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                List.of(),
                List.of());
    }
}
