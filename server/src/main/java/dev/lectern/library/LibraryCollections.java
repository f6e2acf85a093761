package dev.lectern.library;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ReadableCollections;
import java.util.List;
import java.util.Map;

/** The collections and who may read them. Thread-safe. */
public interface LibraryCollections {

    /** All collections that the caller may read. */
    ReadableCollections readableBy(Caller caller);

    /**
     * The {@code wanted} collections, or all that the caller may read if {@code wanted} is empty.
     *
     * @throws LecternException NOT_FOUND when one does not exist or the caller may not read it
     */
    ReadableCollections readableBy(Caller caller, List<CollectionId> wanted);

    /** @throws LecternException NOT_FOUND */
    long generation(CollectionId collection);

    /** The generations of the collections that exist, for cache keys. */
    Map<CollectionId, Long> generations(ReadableCollections collections);

    /** The collections of {@link #readableBy(Caller, List)} with their generations, in one read. */
    default Map<CollectionId, Long> generationsReadableBy(Caller caller, List<CollectionId> wanted) {
        return generations(readableBy(caller, wanted));
    }

    /** The collections that the caller may read, the oldest first. */
    List<LibraryCollection> list(Caller caller);

    /** Those of the given collections that exist, in the order of their names. */
    List<LibraryCollection> list(ReadableCollections collections);

    /** @throws LecternException NOT_FOUND */
    LibraryCollection get(CollectionId collection);

    /**
     * @param name 1 to 80 characters once stripped, otherwise INVALID_REQUEST
     * @throws LecternException CONFLICT when there are 1,000 collections already
     */
    LibraryCollection create(String name);

    LibraryCollection rename(CollectionId collection, String name);

    /** The error for a collection that does not exist or that the caller may not read. */
    static LecternException notFound() {
        return new LecternException(
                ErrorCode.NOT_FOUND, "Collection not found. GET /api/v1/collections lists the collections.");
    }

    /**
     * Deletes a collection with its documents everywhere. No search finds any of them after the return.
     *
     * @throws LecternException NOT_FOUND; CONFLICT for the default collection
     */
    void delete(CollectionId collection);
}
