package dev.lectern.index;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.function.Consumer;

/** A correct adapter that delegates every call; each subclass introduces one fault. */
class DelegatingPassageIndex implements PassageIndex {
    protected final PassageIndex right;

    DelegatingPassageIndex(PassageIndex right) {
        this.right = right;
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return right.fingerprint();
    }

    @Override
    public void add(List<IndexedPassage> passages) {
        right.add(passages);
    }

    @Override
    public void delete(List<PassageSelection> selections) {
        right.delete(selections);
    }

    @Override
    public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
        return right.lexical(question, searchScope, limit, deadline);
    }

    @Override
    public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
        return right.dense(embedding, searchScope, limit, deadline);
    }

    @Override
    public long count(SearchScope searchScope) {
        return right.count(searchScope);
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {
        right.forEachDocument(action);
    }

    @Override
    public void check() {
        right.check();
    }

    @Override
    public void close() {
        right.close();
    }

    /** Each of its kind is changed a little. */
    interface Adding {
        void add(PassageIndex right, List<IndexedPassage> passages);
    }

    interface Deleting {
        void delete(PassageIndex right, List<PassageSelection> selections);
    }

    interface Searching {
        List<SearchHit> search(
                PassageIndex right, SearchScope searchScope, int limit, Deadline deadline, Search search);
    }

    /** Either leg of the right adapter. */
    interface Search {
        List<SearchHit> of(SearchScope searchScope, int limit, Deadline deadline);
    }

    static DelegatingPassageIndex adding(PassageIndex right, Adding adding) {
        return new DelegatingPassageIndex(right) {
            @Override
            public void add(List<IndexedPassage> passages) {
                adding.add(right, passages);
            }
        };
    }

    static DelegatingPassageIndex deleting(PassageIndex right, Deleting deleting) {
        return new DelegatingPassageIndex(right) {
            @Override
            public void delete(List<PassageSelection> selections) {
                deleting.delete(right, selections);
            }
        };
    }

    static DelegatingPassageIndex searching(PassageIndex right, Searching searching) {
        return new DelegatingPassageIndex(right) {
            @Override
            public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
                return searching.search(
                        right,
                        searchScope,
                        limit,
                        deadline,
                        (within, most, until) -> right.lexical(question, within, most, until));
            }

            @Override
            public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
                return searching.search(
                        right,
                        searchScope,
                        limit,
                        deadline,
                        (within, most, until) -> right.dense(embedding, within, most, until));
            }
        };
    }
}
