package dev.lectern.security;

import dev.lectern.shared.Permission;

/**
 * A permission on a collection.
 *
 * @param kind to whom
 * @param id of the user or group; empty for kinds without one
 * @param permission includes those before it
 */
public record CollectionGrant(GranteeKind kind, String id, Permission permission) {
    public CollectionGrant {
        if (kind.hasId() == id.isEmpty()) {
            throw new IllegalArgumentException("A grant to " + kind + (kind.hasId() ? " needs an id" : " has no id"));
        }
    }
}
