package dev.lectern.security.accounts;

import dev.lectern.http.EntityTag;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The groups and their members, for administrators. A change holds on every node within a second. Thread-safe. */
@Service
public class Groups {
    private static final int MAX_GROUPS = 1_000;
    private static final String ADMINISTRATORS_ONLY =
            "Only administrators see and change groups. Ask one, or use the key of the data folder.";

    private final GroupRepository groups;
    private final UserRepository users;
    private final AccessChanges changes;
    private final CollectionGrants grants;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final InstantSource clock;

    Groups(
            GroupRepository groups,
            UserRepository users,
            AccessChanges changes,
            CollectionGrants grants,
            ApplicationEventPublisher events,
            IdGenerator ids,
            InstantSource clock) {
        this.groups = groups;
        this.users = users;
        this.changes = changes;
        this.grants = grants;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** All groups in the order of their names. */
    public List<Group> list(Caller caller) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        return groups.list();
    }

    /** @throws LecternException NOT_FOUND */
    public Group get(Caller caller, String id) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        return find(id);
    }

    /** The members of a group in the order of their names. */
    public List<UserAccount> members(Caller caller, String id) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        find(id);
        return groups.membersOf(id).stream()
                .flatMap(user -> users.find(user).stream())
                .toList();
    }

    /** @throws LecternException CONFLICT if the name is taken, or there are 1,000 groups already */
    public Group create(Caller caller, String name) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        Group group = new Group(ids.next(), AccountName.require("name", name), name.strip(), clock.instant(), 0, 0);
        changes.make(() -> {
            if (groups.count() >= MAX_GROUPS) {
                throw new LecternException(
                        ErrorCode.CONFLICT, "The maximum of " + MAX_GROUPS + " groups is reached. Delete one first.");
            }
            if (!groups.add(group)) {
                throw taken(group.name());
            }
            publish(caller, group, "created");
        });
        return group;
    }

    /** @throws LecternException NOT_FOUND; PRECONDITION_FAILED; CONFLICT if the name is taken */
    public Group rename(Caller caller, String id, String name, @Nullable String ifMatch) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        String folded = AccountName.require("name", name);
        return changes.make(() -> {
            Group before = find(id);
            EntityTag.requireMatch(ifMatch, tag(before));
            if (groups.findByName(folded)
                    .filter(other -> !other.id().equals(id))
                    .isPresent()) {
                throw taken(folded);
            }
            groups.rename(id, folded, name.strip());
            publish(caller, before, "renamed to " + folded);
            return find(id);
        });
    }

    /**
     * Deletes a group with its grants.
     *
     * @throws LecternException NOT_FOUND; PRECONDITION_FAILED
     */
    public void delete(Caller caller, String id, @Nullable String ifMatch) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        changes.make(() -> {
            Group group = find(id);
            EntityTag.requireMatch(ifMatch, tag(group));
            grants.deleteOf(GranteeKind.GROUP, id);
            groups.delete(id);
            publish(caller, group, "deleted");
        });
    }

    /** @throws LecternException NOT_FOUND for the group or the account */
    public void addMember(Caller caller, String id, String user) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        changes.make(() -> {
            Group group = find(id);
            UserAccount account = users.find(user).orElseThrow(People::notFound);
            groups.addMember(id, user, GroupRepository.LOCAL);
            publish(caller, group, "member added: " + account.name());
        });
    }

    /** Ends a membership that an administrator has added. Those that an identity provider says are ended there. */
    public void removeMember(Caller caller, String id, String user) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        changes.make(() -> {
            Group group = find(id);
            UserAccount account = users.find(user).orElseThrow(People::notFound);
            groups.removeMember(id, user, GroupRepository.LOCAL);
            if (groups.membersOf(id).contains(user)) {
                throw new LecternException(
                        ErrorCode.CONFLICT,
                        "The identity provider says that this person belongs to the group. End it there.");
            }
            publish(caller, group, "member removed: " + account.name());
        });
    }

    /** The entity tag of a group. */
    public static String tag(Group group) {
        return EntityTag.of(group.id(), group.version());
    }

    private Group find(String id) {
        return groups.find(id)
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND, "No group has this id. GET /api/v1/groups lists the groups."));
    }

    private static LecternException taken(String name) {
        return new LecternException(ErrorCode.CONFLICT, "The name \"" + name + "\" is taken. Choose another one.");
    }

    private void publish(Caller caller, Group group, String details) {
        events.publishEvent(new GroupChanged(caller, group, details));
    }
}
