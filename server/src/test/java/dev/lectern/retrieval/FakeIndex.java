package dev.lectern.retrieval;

import dev.lectern.index.Hit;
import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.Scope;
import dev.lectern.index.Selection;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.function.Consumer;

/** Finds the same for every question. */
record FakeIndex(EmbedderFingerprint fingerprint, List<Hit> words, List<Hit> near) implements PassageIndex {
    @Override
    public void add(List<IndexedPassage> passages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(List<Selection> selections) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Hit> lexical(String question, Scope scope, int limit, Deadline deadline) {
        return words;
    }

    @Override
    public List<Hit> dense(float[] embedding, Scope scope, int limit, Deadline deadline) {
        return near;
    }

    @Override
    public long count(Scope scope) {
        return words.size();
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {}

    @Override
    public void check() {}

    @Override
    public void close() {}
}
