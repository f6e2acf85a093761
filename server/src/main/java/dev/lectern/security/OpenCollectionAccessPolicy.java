package dev.lectern.security;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Permission;
import java.util.Set;

/** Grants everything to everyone who reaches the server, since there are no accounts. What only operators may do is checked beside it. */
final class OpenCollectionAccessPolicy implements CollectionAccessPolicy {

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
}
