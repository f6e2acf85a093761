package dev.lectern.security;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Permission;
import java.util.Set;

/**
 * Decides who may do what with which collection. Every question asks it for each collection of the library, so it answers from memory: no method may read a
 * database or call a service. It is not asked about tasks of the server, whose permissions are fixed ({@link Caller.SystemTask#isGranted}). Thread-safe.
 */
public interface CollectionAccessPolicy {

    /** Whether the caller has the permission on the collection, which may not exist. */
    boolean isGranted(Caller caller, Permission permission, CollectionId collection);

    /** Whether the caller may create collections. */
    boolean isCreationGranted(Caller caller);

    /** The access labels of the caller: documents with labels are visible only to callers who have one of them. Empty for none. */
    Set<String> labels(Caller caller);
}
