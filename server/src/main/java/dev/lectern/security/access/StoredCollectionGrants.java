package dev.lectern.security.access;

import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.SecurityMode;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The grants in the database, all of which are remembered. */
@Component
class StoredCollectionGrants implements CollectionGrants {
    private static final String ALL = "all";

    private final SecurityMode mode;
    private final GrantRepository repository;
    private final AccessChanges changes;
    private final AccessCache<String, Map<CollectionId, List<CollectionGrant>>> known;

    StoredCollectionGrants(AccessProperties properties, GrantRepository repository, AccessChanges changes) {
        this.mode = properties.mode();
        this.repository = repository;
        this.changes = changes;
        this.known = new AccessCache<>(changes);
    }

    @Override
    public List<CollectionGrant> of(CollectionId collection) {
        List<CollectionGrant> set = all().get(collection);
        return set != null ? List.copyOf(set) : List.of(grantOfMode());
    }

    private CollectionGrant grantOfMode() {
        return switch (mode) {
            case OPEN -> new CollectionGrant(GranteeKind.EVERYONE, "", Permission.WRITE);
            case PRIVATE -> new CollectionGrant(GranteeKind.SIGNED_IN, "", Permission.READ);
        };
    }

    @Override
    public boolean isSet(CollectionId collection) {
        return all().containsKey(collection);
    }

    @Override
    public boolean isAnyPublic() {
        return mode == SecurityMode.OPEN
                || all().values().stream()
                        .flatMap(List::stream)
                        .anyMatch(grant -> grant.kind() == GranteeKind.EVERYONE);
    }

    private Map<CollectionId, List<CollectionGrant>> all() {
        return known.get(ALL, _ -> repository.readAll());
    }

    @Override
    public void replace(CollectionId collection, List<CollectionGrant> grants) {
        requireDistinct(grants);
        changes.make(() -> {
            grants.forEach(this::requireGrantee);
            repository.replace(collection, grants);
        });
    }

    private static void requireDistinct(List<CollectionGrant> grants) {
        if (grants.size() > MAX_GRANTS) {
            throw LecternException.invalid(
                    "grants", "A collection can have " + MAX_GRANTS + " grants. Grant it to a group instead.");
        }
        Set<String> grantees = new HashSet<>();
        for (CollectionGrant grant : grants) {
            if (!grantees.add(grant.kind() + ":" + grant.id())) {
                throw LecternException.invalid("grants", "Two grants name the same grantee. Send one of them.");
            }
        }
    }

    private void requireGrantee(CollectionGrant grant) {
        if (grant.kind().hasId() && !repository.exists(grant.kind(), grant.id())) {
            throw LecternException.invalid(
                    "grants",
                    "No " + grant.kind().text() + " has the id \"" + grant.id() + "\". GET /api/v1/"
                            + grant.kind().text() + "s lists those that exist.");
        }
    }

    @Override
    public void grantToCreator(Caller creator, CollectionId collection) {
        Caller.User person = switch (creator) {
            case Caller.User user -> user;
            case Caller.ApiKey key -> key.owner();
            case Caller _ -> null;
        };
        if (person == null) {
            return;
        }
        List<CollectionGrant> grants = new ArrayList<>();
        grants.add(new CollectionGrant(GranteeKind.USER, person.id(), Permission.MANAGE));
        if (mode == SecurityMode.OPEN) {
            grants.add(grantOfMode());
        }
        changes.make(() -> repository.replace(collection, grants));
    }

    @Override
    public void delete(CollectionId collection) {
        changes.make(() -> repository.delete(collection));
    }

    @Override
    public void deleteOf(GranteeKind kind, String id) {
        changes.make(() -> repository.deleteOf(kind, id));
    }
}
