package dev.lectern.security.access;

import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Permission;
import dev.lectern.shared.Scope;
import java.util.Set;

/** Grants to administrators everything, and to others what the grants of a collection say. An API key has what both its scopes and its owner have. */
final class GrantedAccessPolicy implements CollectionAccessPolicy {
    private final CollectionGrants grants;

    GrantedAccessPolicy(CollectionGrants grants) {
        this.grants = grants;
    }

    @Override
    public boolean isGranted(Caller caller, Permission permission, CollectionId collection) {
        return switch (caller) {
            case Caller.ApiKey key ->
                hasScope(key, permission)
                        && (key.collections().isEmpty() || key.collections().contains(collection))
                        && (key.owner() == null || isGranted(key.owner(), permission, collection));
            case Caller other -> other.isAdministrator() || isGrantedByCollection(other, permission, collection);
        };
    }

    private static boolean hasScope(Caller.ApiKey key, Permission permission) {
        return key.scopes().stream().anyMatch(scope -> scope.includes(permission));
    }

    private boolean isGrantedByCollection(Caller caller, Permission permission, CollectionId collection) {
        for (CollectionGrant grant : grants.of(collection)) {
            if (grant.permission().includes(permission) && isGrantee(caller, grant)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGrantee(Caller caller, CollectionGrant grant) {
        return switch (grant.kind()) {
            case EVERYONE -> true;
            case SIGNED_IN -> caller instanceof Caller.User;
            case USER -> caller instanceof Caller.User user && user.id().equals(grant.id());
            case GROUP -> caller instanceof Caller.User user && user.groups().contains(grant.id());
        };
    }

    @Override
    public boolean isCreationGranted(Caller caller) {
        return switch (caller) {
            case Caller.ApiKey key ->
                key.scopes().contains(Scope.MANAGE) && key.collections().isEmpty();
            case Caller.User _ -> true;
            case Caller other -> other.isAdministrator();
        };
    }

    @Override
    public Set<String> labels(Caller caller) {
        return Set.of();
    }
}
