package dev.lectern.index;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where passages can be searched by words and by embeddings. One index holds the embeddings of one fingerprint; collections are a filter in it, so
 * that scores stay comparable.
 *
 * <p>Thread-safe. Every method fails with {@link dev.lectern.shared.ErrorCode#INDEX_UNAVAILABLE} when the index cannot be used, and with
 * {@link dev.lectern.shared.ErrorCode#DEADLINE_EXCEEDED} when a deadline passes.
 */
public interface PassageIndex extends AutoCloseable {

    EmbedderFingerprint fingerprint();

    /**
     * Adds passages, replacing those with the same ids. When it returns they are durable and found by every later search; when it fails, any of
     * them may have been added, and adding them again is harmless.
     *
     * @param passages 0 to 10,000
     */
    void add(List<IndexedPassage> passages);

    /** Deletes. When it returns, no later search finds them, even after a crash. Deleting what is not there does nothing. */
    void delete(List<Selection> selections);

    /**
     * The passages that share words with the question, best first; equal scores in the order of passage ids.
     *
     * @param question any text; one without a searchable word finds nothing
     * @param limit 1 to 1,000
     */
    List<Hit> lexical(String question, Scope scope, int limit, Deadline deadline);

    /**
     * The passages nearest to the embedding by cosine, best first; equal scores in the order of passage ids. Approximate: recall at ten is 0.98 or
     * more.
     *
     * @param embedding of the fingerprint's dimensions
     * @param limit 1 to 1,000
     */
    List<Hit> dense(float[] embedding, Scope scope, int limit, Deadline deadline);

    /** How many passages are in the scope, exactly. */
    long count(Scope scope);

    /** Shows every version of every document, in any order, once. */
    void forEachDocument(Consumer<IndexedDocument> action);

    /** Cheap: whether the index can be searched now. */
    void check();

    @Override
    void close();
}
