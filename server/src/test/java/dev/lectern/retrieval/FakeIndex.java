package dev.lectern.retrieval;

import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.function.Consumer;

/** Finds the same for every question, without excluded documents. */
record FakeIndex(EmbedderFingerprint fingerprint, List<SearchHit> words, List<SearchHit> near) implements PassageIndex {
    @Override
    public void add(List<IndexedPassage> passages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(List<PassageSelection> selections) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
        return visible(words, searchScope);
    }

    @Override
    public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
        return visible(near, searchScope);
    }

    private static List<SearchHit> visible(List<SearchHit> hits, SearchScope searchScope) {
        return hits.stream()
                .filter(hit -> !searchScope.excluded().contains(hit.document()))
                .filter(hit -> searchScope.documents().isEmpty()
                        || searchScope.documents().contains(hit.document()))
                .toList();
    }

    @Override
    public long count(SearchScope searchScope) {
        return words.size();
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {}

    @Override
    public void check() {}

    @Override
    public void close() {}
}
