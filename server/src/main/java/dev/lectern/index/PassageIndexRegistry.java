package dev.lectern.index;

import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open indexes, one for each fingerprint, so that the index of a new embedder can be built beside the active one. Thread-safe. */
public final class PassageIndexRegistry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PassageIndexRegistry.class);

    private final IndexStore store;
    private final Map<EmbedderFingerprint, PassageIndex> open = new HashMap<>();

    /** @param store closed with this object */
    public PassageIndexRegistry(IndexStore store) {
        this.store = store;
    }

    /**
     * The index of a fingerprint. A missing or damaged index is replaced by an empty one, which the library fills at the next start. Returns the same
     * object on each call; it is closed with this registry.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE} with instructions
     */
    public synchronized PassageIndex open(EmbedderFingerprint fingerprint) {
        PassageIndex known = open.get(fingerprint);
        if (known != null) {
            return known;
        }
        PassageIndex opened = openOrRebuild(fingerprint);
        open.put(fingerprint, opened);
        return opened;
    }

    private PassageIndex openOrRebuild(EmbedderFingerprint fingerprint) {
        try {
            return store.open(fingerprint);
        } catch (DamagedIndexException damaged) {
            log.warn("The index {} in {} is damaged; it is rebuilt from the library", fingerprint.id(), store, damaged);
            store.discard(fingerprint);
            return store.open(fingerprint);
        }
    }

    /** The ids of all fingerprints that have an index, open or not. */
    public Set<String> fingerprintIds() {
        return store.fingerprintIds();
    }

    /** Closes the index of a fingerprint that is no longer used; {@link #open} reopens it. */
    public synchronized void close(EmbedderFingerprint fingerprint) {
        PassageIndex index = open.remove(fingerprint);
        if (index != null) {
            index.close();
        }
    }

    /**
     * Closes and deletes the index of a fingerprint. The next {@link #open} creates an empty index, which must be filled from the library. Used for
     * damaged indexes and for embedders that are no longer used.
     */
    public synchronized void discard(EmbedderFingerprint fingerprint) {
        close(fingerprint);
        store.discard(fingerprint);
    }

    /**
     * Verifies cheaply that all open indexes can be searched or, when none is open, that one can be opened.
     *
     * @return true when at least one index is open
     * @throws LecternException {@code INDEX_UNAVAILABLE} with instructions
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
