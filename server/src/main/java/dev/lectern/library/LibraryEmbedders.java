package dev.lectern.library;

import dev.lectern.shared.ActiveEmbedder;
import dev.lectern.shared.ActiveEmbedderLookup;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which embedder the library is searched with, and how it moves to another: all collections at once, so that what a search finds in several stays
 * comparable. For ingestion alone. Thread-safe; every method can be repeated after a crash.
 */
public interface LibraryEmbedders extends ActiveEmbedderLookup {

    /** What is shown at this moment is found with this one; empty before the first document was shown. Cheap: for every search. */
    Optional<ActiveEmbedder> findActive();

    /** The one in force, when there are documents that were shown with it; otherwise any other may take its place, and the next one that shows does. */
    Optional<EmbedderFingerprint> required();

    /** How it is configured, so that it can be opened when the configuration has changed. */
    void name(EmbedderFingerprint embedder, String name);

    /** There is an index of it from now on, beside that of the one in force: what is deleted from the library is deleted from it, too. */
    void prepare(EmbedderFingerprint embedder, String name);

    /** How many different texts the library has, and how many of them have no embedding by this one. */
    Extent extent(EmbedderFingerprint embedder);

    /**
     * Texts that have no embedding by this one, in the order of their keys.
     *
     * @param after the last key of the page before; empty for the first
     * @param limit 1 to 10,000
     */
    List<StoredText> without(EmbedderFingerprint embedder, String after, int limit);

    /**
     * Makes the index of an embedder agree with what is shown, as far as the embeddings are there. Documents may come and go meanwhile.
     *
     * @throws dev.lectern.shared.LecternException INDEX_UNAVAILABLE
     */
    void fill(EmbedderFingerprint embedder);

    /**
     * Fills the index of an embedder and puts it in force for all collections in one transaction, which raises their generations: from then on what was
     * made with the former is not shown any more, and has to be made again.
     *
     * @return false when it would lack something, because documents came or went meanwhile or embeddings are missing; nothing has changed then
     */
    boolean switchTo(EmbedderFingerprint embedder);

    /**
     * From now on the index of an embedder is opened by nobody, and closed by {@link #letGo} at every node; {@link #prepare} takes it back.
     *
     * @param id of its fingerprint
     * @throws IllegalArgumentException when it is in force
     */
    void giveUp(String id);

    /** Closes what this node has open of indexes that were given up. */
    void letGo();

    /**
     * Deletes the index of an embedder and its embeddings, once it was given up and all nodes have let go of it. Dropping what is not there does nothing.
     *
     * @param id of its fingerprint
     */
    void drop(String id);

    /** @param missing 0 to {@code texts} */
    record Extent(long texts, long missing) {}

    /**
     * What an embedding is made of.
     *
     * @param key of the embedding
     * @param headings from the top heading to the nearest, may be empty
     * @param tableHeader the names of the columns when the text begins below them, otherwise null
     */
    record StoredText(
            String key,
            String title,
            List<String> headings,
            @Nullable String tableHeader,
            String text) {
        public StoredText {
            headings = List.copyOf(headings);
        }
    }
}
