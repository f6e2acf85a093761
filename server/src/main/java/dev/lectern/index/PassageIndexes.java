package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the index of a fingerprint, so that a new model's index grows beside the old one. Thread-safe. */
public final class PassageIndexes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PassageIndexes.class);

    private final IndexStore store;
    private final Map<EmbedderFingerprint, PassageIndex> open = new HashMap<>();

    /** @param store closed with this object */
    public PassageIndexes(IndexStore store) {
        this.store = store;
    }

    /**
     * The index of a fingerprint, made empty where there is none and where it is damaged: the library fills it again at the start. The same object each
     * time. It is closed with the program.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE}, with what to do
     */
    public synchronized PassageIndex open(EmbedderFingerprint fingerprint) {
        PassageIndex known = open.get(fingerprint);
        if (known != null) {
            return known;
        }
        PassageIndex opened = openOrMakeAgain(fingerprint);
        open.put(fingerprint, opened);
        return opened;
    }

    private PassageIndex openOrMakeAgain(EmbedderFingerprint fingerprint) {
        try {
            return store.open(fingerprint);
        } catch (DamagedIndexException damaged) {
            log.warn(
                    "The index {} of {} cannot be used and is made again from the library",
                    fingerprint.id(),
                    store,
                    damaged);
            store.discard(fingerprint);
            return store.open(fingerprint);
        }
    }

    /** The ids of the fingerprints that there are indexes of, open or not. */
    public Set<String> fingerprintIds() {
        return store.fingerprintIds();
    }

    /** Closes the index of a fingerprint that nobody uses any more; {@link #open} opens it again. */
    public synchronized void close(EmbedderFingerprint fingerprint) {
        PassageIndex index = open.remove(fingerprint);
        if (index != null) {
            index.close();
        }
    }

    /**
     * Deletes the index of a fingerprint with everything in it, closing it first. After this {@link #open} makes an empty one, which is to be filled
     * from the library: the way out of a damaged index, and the end of one whose model is no longer used.
     */
    public synchronized void discard(EmbedderFingerprint fingerprint) {
        close(fingerprint);
        store.discard(fingerprint);
    }

    /**
     * Cheap: whether what is open can be searched, and more can be opened.
     *
     * @return whether any index is open
     * @throws LecternException {@code INDEX_UNAVAILABLE}, with what to do
     */
    boolean check() {
        List<PassageIndex> opened = opened();
        if (opened.isEmpty()) {
            store.check();
        }
        opened.forEach(PassageIndex::check);
        return !opened.isEmpty();
    }

    private synchronized List<PassageIndex> opened() {
        return List.copyOf(open.values());
    }

    @Override
    public synchronized void close() {
        open.values().forEach(PassageIndex::close);
        open.clear();
        store.close();
    }
}
