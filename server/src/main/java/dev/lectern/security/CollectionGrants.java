package dev.lectern.security;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import java.util.List;

/**
 * To whom collections are granted. A collection that nobody has set it for has the grants of the mode: everyone may write in the mode {@code open}, and everybody
 * who has signed in may read in the mode {@code private}. A change holds on this node at once and on others within two seconds. Thread-safe.
 */
public interface CollectionGrants {
    /** Most grants of one collection. */
    int MAX_GRANTS = 200;

    /** The grants of a collection, which may be none: then only administrators reach it. */
    List<CollectionGrant> of(CollectionId collection);

    /** Whether somebody has set the grants, or they are those of the mode. */
    boolean isSet(CollectionId collection);

    /** Whether any collection is granted to everyone: otherwise nobody needs the server without signing in. */
    boolean isAnyPublic();

    /**
     * Replaces the grants of a collection. The caller of this method has checked the permission to manage it.
     *
     * @param grants at most {@value #MAX_GRANTS}, one for each grantee
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST for too many, two for one grantee, or a user or group that does not exist
     */
    void replace(CollectionId collection, List<CollectionGrant> grants);

    /**
     * Grants a new collection to the person who made it, or who owns the key that made it, to manage it; in the mode {@code open} beside
     * what everyone may. For callers without an account it has the grants of the mode.
     */
    void grantToCreator(Caller creator, CollectionId collection);

    /** Forgets the grants of a deleted collection. */
    void delete(CollectionId collection);

    /** Forgets the grants to a deleted user or group. */
    void deleteOf(GranteeKind kind, String id);
}
