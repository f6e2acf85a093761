package dev.lectern.security;

import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks permissions on collections, and issues proofs of them. The services of the modules call it behind their doors; controllers do not check. Does no I/O.
 * Thread-safe.
 */
public final class CollectionAccess {
    private final CollectionAccessPolicy policy;

    /** @param policy asked about everyone except tasks of the server */
    public CollectionAccess(CollectionAccessPolicy policy) {
        this.policy = policy;
    }

    public boolean isGranted(Caller caller, Permission permission, CollectionId collection) {
        return caller instanceof SystemTask task
                ? task.isGranted(permission)
                : policy.isGranted(caller, permission, collection);
    }

    /** The highest permission of the caller on a collection; empty when there is none. */
    public Optional<Permission> highest(Caller caller, CollectionId collection) {
        return Stream.of(Permission.MANAGE, Permission.WRITE, Permission.READ)
                .filter(permission -> isGranted(caller, permission, collection))
                .findFirst();
    }

    /**
     * Checks a permission on a collection.
     *
     * @param notFound the error for a thing of the collection that does not exist, so that nobody learns of things that they may not read
     * @throws LecternException {@code notFound} without the permission to read, {@code FORBIDDEN} when only more than that is missing
     */
    public void require(
            Caller caller, Permission permission, CollectionId collection, Supplier<LecternException> notFound) {
        if (!isGranted(caller, Permission.READ, collection)) {
            throw notFound.get();
        }
        if (!isGranted(caller, permission, collection)) {
            throw new LecternException(ErrorCode.FORBIDDEN, refusal(permission));
        }
    }

    private static String refusal(Permission permission) {
        return switch (permission) {
            case READ ->
                "You may not read this collection. Ask somebody who manages it, or the operator of this server, for the"
                        + " permission `read`.";
            case WRITE ->
                "You may read this collection but not change its documents. Ask somebody who manages it, or the operator of"
                        + " this server, for the permission `write`.";
            case MANAGE ->
                "You may not rename, delete, share or connect this collection. Ask somebody who manages it, or the operator"
                        + " of this server, for the permission `manage`.";
        };
    }

    /** @throws LecternException {@code FORBIDDEN} */
    public void requireCreation(Caller caller) {
        boolean granted =
                caller instanceof SystemTask task ? task == SystemTask.EVALUATION : policy.isCreationGranted(caller);
        if (!granted) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN,
                    "You may not create collections. Use one of GET /api/v1/collections, or ask the operator of this"
                            + " server.");
        }
    }

    /** The collections of {@code existing} that the caller may read. */
    public ReadableCollections readable(Caller caller, Collection<CollectionId> existing) {
        Set<CollectionId> granted = existing.stream()
                .filter(collection -> isGranted(caller, Permission.READ, collection))
                .collect(Collectors.toUnmodifiableSet());
        return new ReadableCollections(caller, granted, labels(caller));
    }

    /**
     * Proof of the permission to change the documents of a collection.
     *
     * @param notFound as for {@link #require}
     * @throws LecternException as {@link #require}
     */
    public WritableCollection writable(Caller caller, CollectionId collection, Supplier<LecternException> notFound) {
        require(caller, Permission.WRITE, collection, notFound);
        return new WritableCollection(caller, collection);
    }

    /** Proof for a task of the server that reads collections without the application, such as a copy of the index before a migration. */
    public static ReadableCollections readable(SystemTask task, Set<CollectionId> collections) {
        if (!task.isGranted(Permission.READ)) {
            throw new LecternException(ErrorCode.FORBIDDEN, "The task " + task.id() + " may not read collections.");
        }
        return new ReadableCollections(task, collections, AccessLabels.UNRESTRICTED);
    }

    private AccessLabels labels(Caller caller) {
        return caller instanceof SystemTask ? AccessLabels.UNRESTRICTED : AccessLabels.of(policy.labels(caller));
    }
}
