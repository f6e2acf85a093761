package dev.lectern.index;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.function.Consumer;

/** An adapter that does everything right; its subclasses each do one thing wrong. */
class Delegating implements PassageIndex {
    protected final PassageIndex right;

    Delegating(PassageIndex right) {
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
    public void delete(List<Selection> selections) {
        right.delete(selections);
    }

    @Override
    public List<Hit> lexical(String question, Scope scope, int limit, Deadline deadline) {
        return right.lexical(question, scope, limit, deadline);
    }

    @Override
    public List<Hit> dense(float[] embedding, Scope scope, int limit, Deadline deadline) {
        return right.dense(embedding, scope, limit, deadline);
    }

    @Override
    public long count(Scope scope) {
        return right.count(scope);
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
        void delete(PassageIndex right, List<Selection> selections);
    }

    interface Searching {
        List<Hit> search(PassageIndex right, Scope scope, int limit, Deadline deadline, Search search);
    }

    /** Either leg of the right adapter. */
    interface Search {
        List<Hit> of(Scope scope, int limit, Deadline deadline);
    }

    static Delegating adding(PassageIndex right, Adding adding) {
        return new Delegating(right) {
            @Override
            public void add(List<IndexedPassage> passages) {
                adding.add(right, passages);
            }
        };
    }

    static Delegating deleting(PassageIndex right, Deleting deleting) {
        return new Delegating(right) {
            @Override
            public void delete(List<Selection> selections) {
                deleting.delete(right, selections);
            }
        };
    }

    static Delegating searching(PassageIndex right, Searching searching) {
        return new Delegating(right) {
            @Override
            public List<Hit> lexical(String question, Scope scope, int limit, Deadline deadline) {
                return searching.search(
                        right,
                        scope,
                        limit,
                        deadline,
                        (within, most, until) -> right.lexical(question, within, most, until));
            }

            @Override
            public List<Hit> dense(float[] embedding, Scope scope, int limit, Deadline deadline) {
                return searching.search(
                        right,
                        scope,
                        limit,
                        deadline,
                        (within, most, until) -> right.dense(embedding, within, most, until));
            }
        };
    }
}
