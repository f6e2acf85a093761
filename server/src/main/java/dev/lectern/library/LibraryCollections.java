package dev.lectern.library;

import dev.lectern.security.ReadableCollections;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.Map;

/** The collections and who may read, write and manage them. Every method checks the permission of its caller. Thread-safe. */
public interface LibraryCollections {

    /** All collections that the caller may read. */
    ReadableCollections readableBy(Caller caller);

    /**
     * The {@code wanted} collections, or all that the caller may read if {@code wanted} is empty.
     *
     * @throws LecternException NOT_FOUND when one does not exist or the caller may not read it
     */
    ReadableCollections readableBy(Caller caller, List<CollectionId> wanted);

    /** The collections of {@link #readableBy(Caller, List)} with their generations, in one read. */
    SearchableCollections searchableBy(Caller caller, List<CollectionId> wanted);

    /**
     * The permission to change the documents of a collection.
     *
     * @throws LecternException NOT_FOUND when it does not exist or the caller may not read it; FORBIDDEN when the caller may only read it
     */
    WritableCollection writableBy(Caller caller, CollectionId collection);

    /** The generations of the collections that exist, for cache keys. */
    Map<CollectionId, Long> generations(ReadableCollections collections);

    /** The collections that the caller may read, the oldest first. */
    List<LibraryCollection> list(Caller caller);

    /** Those of the given collections that exist, in the order of their names. */
    List<LibraryCollection> list(ReadableCollections collections);

    /** @throws LecternException NOT_FOUND when it does not exist or the caller may not read it */
    LibraryCollection get(Caller caller, CollectionId collection);

    /**
     * @param name 1 to 80 characters once stripped, otherwise INVALID_REQUEST
     * @throws LecternException FORBIDDEN when the caller may not create collections; CONFLICT when there are 1,000 already
     */
    LibraryCollection create(Caller caller, String name);

    /** @throws LecternException NOT_FOUND when it does not exist or the caller may not read it; FORBIDDEN when the caller may not manage it */
    LibraryCollection change(Caller caller, CollectionId collection, CollectionChange change);

    /**
     * @param name as for {@link #create}
     * @throws LecternException as {@link #change}
     */
    default LibraryCollection rename(Caller caller, CollectionId collection, String name) {
        return change(caller, collection, CollectionChange.ofName(name));
    }

    /** For how many days conversations that ask a collection are kept, of those of the collections that have a number of their own. */
    Map<CollectionId, Integer> conversationDays(ReadableCollections collections);

    /** The error for a collection that does not exist or that the caller may not read. */
    static LecternException notFound() {
        return new LecternException(
                ErrorCode.NOT_FOUND, "Collection not found. GET /api/v1/collections lists the collections.");
    }

    /**
     * Deletes a collection with its documents everywhere. No search finds any of them after the return.
     *
     * @throws LecternException NOT_FOUND when it does not exist or the caller may not read it; FORBIDDEN when the caller may not manage it; CONFLICT for the
     *     default collection
     */
    default void delete(Caller caller, CollectionId collection) {
        delete(caller, collection, () -> {});
    }

    /**
     * As {@link #delete(Caller, CollectionId)}, if a condition holds.
     *
     * @param condition throws if it does not; called in the transaction that deletes, while nobody else can change the collection, for callers who may
     */
    void delete(Caller caller, CollectionId collection, Runnable condition);
}
