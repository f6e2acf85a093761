package dev.lectern.security;

import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Permission;
import java.util.Collection;
import java.util.Set;

/** Permissions for tests that are not about access. */
public final class TestAccess {
    public static final Caller VISITOR = new Caller.Visitor("reader");
    public static final Caller OPERATOR = new Caller.Operator("operator");

    /** Grants everything to everyone, as the server does on the machine itself. */
    public static final CollectionAccessPolicy OPEN = new CollectionAccessPolicy() {
        @Override
        public boolean isGranted(Caller caller, Permission permission, CollectionId collection) {
            return true;
        }

        @Override
        public boolean isCreationGranted(Caller caller) {
            return true;
        }

        @Override
        public Set<String> labels(Caller caller) {
            return Set.of();
        }
    };

    private TestAccess() {}

    public static CollectionAccess open() {
        return new CollectionAccess(OPEN);
    }

    /** The permission of the operator to change a collection. */
    public static WritableCollection writable(CollectionId collection) {
        return new WritableCollection(OPERATOR, collection);
    }

    /** The permission of a visitor without access labels. */
    public static ReadableCollections readable(Collection<CollectionId> collections) {
        return open().readable(VISITOR, collections);
    }

    /** The permission of a visitor with access labels. */
    public static ReadableCollections readable(Collection<CollectionId> collections, AccessLabels labels) {
        return new ReadableCollections(VISITOR, Set.copyOf(collections), labels);
    }
}
