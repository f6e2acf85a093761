package dev.lectern.index;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.function.Consumer;

/**
 * A searchable index of passages: lexical search (BM25) and dense search (embeddings). One index holds the embeddings of one fingerprint; collections are a filter in it, so
 * that scores stay comparable. Passages of documents with access labels are found and counted only in scopes with one of the labels. An index that was built
 * before there were labels needs no rebuild: its passages have none. Adding a passage again replaces its labels.
 *
 * <p>Thread-safe. Every method throws {@link dev.lectern.shared.ErrorCode#INDEX_UNAVAILABLE} when the index cannot be used, and
 * {@link dev.lectern.shared.ErrorCode#DEADLINE_EXCEEDED} when a deadline passes.
 */
public interface PassageIndex extends AutoCloseable {

    EmbedderFingerprint fingerprint();

    /**
     * Adds passages and replaces those with the same ids. After it returns, the passages are durable and visible to every later search. After a
     * failure any subset may have been added; adding them again is harmless.
     *
     * @param passages 0 to 10,000
     */
    void add(List<IndexedPassage> passages);

    /** Deletes all selected passages. After it returns, no later search finds them, even after a crash. Selecting nothing is not an error. */
    void delete(List<PassageSelection> selections);

    /**
     * Lexical search: passages that share terms with the question, best first; equal scores are ordered by passage id.
     *
     * @param question any text; a text without searchable terms has no hits
     * @param limit 1 to 1,000
     */
    List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline);

    /**
     * Dense search: the passages nearest to the embedding by cosine, best first; equal scores are ordered by passage id. Exact for scopes up to
     * {@link IndexSearchProperties#exactPassages}; approximate above: recall@10 is 0.98 or more.
     *
     * @param embedding has the fingerprint's dimensions
     * @param limit 1 to 1,000
     */
    List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline);

    /** The exact number of passages in the scope. */
    long count(SearchScope searchScope);

    /** Calls the action once for every version of every document, in any order. */
    void forEachDocument(Consumer<IndexedDocument> action);

    /** Verifies cheaply that the index can be searched; throws when it cannot. */
    void check();

    @Override
    void close();
}
