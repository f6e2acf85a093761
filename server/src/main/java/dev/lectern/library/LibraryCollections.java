package dev.lectern.library;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ReadableCollections;
import java.util.List;
import java.util.Map;

/** The collections and who may read them. Thread-safe. */
public interface LibraryCollections {

    /** All that the caller may read. */
    ReadableCollections readableBy(Caller caller);

    /**
     * Those of {@code wanted} that the caller may read; all that may be read when none is named.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND when one does not exist or may not be read, which are not told apart
     */
    ReadableCollections readableBy(Caller caller, List<CollectionId> wanted);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    long generation(CollectionId collection);

    /** The generations of those that exist, for the keys of caches. */
    Map<CollectionId, Long> generations(ReadableCollections collections);

    /** Both at once: those of {@code wanted} that the caller may read, as {@link #readableBy(Caller, List)} finds them, with their generations. */
    default Map<CollectionId, Long> generationsReadableBy(Caller caller, List<CollectionId> wanted) {
        return generations(readableBy(caller, wanted));
    }

    /** Those that the caller may read, the oldest first. */
    List<LibraryCollection> list(Caller caller);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    LibraryCollection get(CollectionId collection);

    /**
     * @param name 1 to 80 characters once stripped, otherwise INVALID_REQUEST
     * @throws dev.lectern.shared.LecternException CONFLICT when there are 1,000 collections already
     */
    LibraryCollection create(String name);

    LibraryCollection rename(CollectionId collection, String name);

    /**
     * Deletes it with its documents everywhere: when this returns nothing of it is found.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND; CONFLICT for the collection that always exists
     */
    void delete(CollectionId collection);
}
