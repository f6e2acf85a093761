package dev.lectern.ingestion;

import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Indexes in memory that outlive a restart of the rest, and fail when they are told to. */
public final class InMemoryIndexes implements EmbedderIndexRegistry {
    private final Map<EmbedderFingerprint, MemoryIndex> indexes = new ConcurrentHashMap<>();
    /** Run with {@code before add}, {@code after add}, {@code before delete} or {@code after delete}; what it throws is thrown. */
    public volatile Consumer<String> step = name -> {};

    public final AtomicInteger adds = new AtomicInteger();
    /** Models whose index somebody let go of. */
    public final Set<String> closed = ConcurrentHashMap.newKeySet();

    @Override
    public MemoryIndex open(EmbedderFingerprint fingerprint) {
        return indexes.computeIfAbsent(fingerprint, MemoryIndex::new);
    }

    @Override
    public void close(EmbedderFingerprint fingerprint) {
        closed.add(fingerprint.model());
    }

    @Override
    public void discard(EmbedderFingerprint fingerprint) {
        indexes.remove(fingerprint);
    }

    public List<String> texts() {
        return indexes.values().stream()
                .flatMap(index -> index.passages.values().stream())
                .map(IndexedPassage::text)
                .sorted()
                .toList();
    }

    /** One index. */
    public final class MemoryIndex implements PassageIndex {
        private final EmbedderFingerprint fingerprint;
        private final Map<PassageId, IndexedPassage> passages = new ConcurrentHashMap<>();

        MemoryIndex(EmbedderFingerprint fingerprint) {
            this.fingerprint = fingerprint;
        }

        /** The titles of the passages of a document. */
        public List<String> titles(DocumentId document) {
            return passages.values().stream()
                    .filter(passage -> passage.document().equals(document))
                    .map(IndexedPassage::title)
                    .distinct()
                    .toList();
        }

        @Override
        public EmbedderFingerprint fingerprint() {
            return fingerprint;
        }

        @Override
        public void add(List<IndexedPassage> added) {
            step.accept("before add");
            adds.incrementAndGet();
            added.forEach(passage -> passages.put(passage.id(), passage));
            step.accept("after add");
        }

        @Override
        public void delete(List<PassageSelection> selections) {
            step.accept("before delete");
            passages.values()
                    .removeIf(passage -> selections.stream().anyMatch(selection -> switch (selection) {
                        case PassageSelection.OfCollection(var id) ->
                            passage.collection().equals(id);
                        case PassageSelection.OfDocument(var id) ->
                            passage.document().equals(id);
                        case PassageSelection.OfVersionsBefore(var id, int version) ->
                            passage.document().equals(id) && passage.version() < version;
                        case PassageSelection.OfVersion(var id, int version) ->
                            passage.document().equals(id) && passage.version() == version;
                    }));
            step.accept("after delete");
        }

        @Override
        public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
            return passages.values().stream()
                    .filter(passage -> passage.text().contains(question))
                    .map(passage ->
                            new SearchHit(passage.id(), passage.document(), passage.version(), passage.language(), 1))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
            return List.of();
        }

        @Override
        public long count(SearchScope searchScope) {
            return passages.values().stream()
                    .filter(passage -> searchScope.collections().ids().contains(passage.collection()))
                    .count();
        }

        @Override
        public void forEachDocument(Consumer<IndexedDocument> action) {
            Map<IndexedDocument, Integer> counts = new ConcurrentHashMap<>();
            passages.values()
                    .forEach(passage -> counts.merge(
                            new IndexedDocument(passage.collection(), passage.document(), passage.version(), 1),
                            1,
                            Integer::sum));
            counts.forEach((document, count) -> action.accept(
                    new IndexedDocument(document.collection(), document.document(), document.version(), count)));
        }

        @Override
        public void check() {}

        @Override
        public void close() {}
    }
}
