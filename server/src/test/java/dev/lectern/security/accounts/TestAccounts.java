package dev.lectern.security.accounts;

import dev.lectern.security.CollectionGrants;
import dev.lectern.security.TestAccess;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.TestDatabase;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/** The accounts of one database, without an application. */
public final class TestAccounts {
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));
    public static final IdGenerator IDS = new IdGenerator(CLOCK, new SecureRandom());

    private final UserRepository users;
    private final GroupRepository groupRepository;
    private final ActiveUsers active;
    private final People people;
    private final Groups groups;

    public TestAccounts(
            TestDatabase database, AccessChanges changes, CollectionGrants grants, ApplicationEventPublisher events) {
        users = new UserRepository(database.jdbc());
        groupRepository = new GroupRepository(database.jdbc());
        active = new ActiveUsers(users, changes);
        people = new People(users, changes, grants, events, IDS, CLOCK);
        groups = new Groups(groupRepository, users, changes, grants, events, IDS, CLOCK);
    }

    public UserRepository users() {
        return users;
    }

    public GroupRepository groupRepository() {
        return groupRepository;
    }

    public ActiveUsers active() {
        return active;
    }

    public People people() {
        return people;
    }

    public Groups groups() {
        return groups;
    }

    public void disable(String id) {
        people.change(TestAccess.OPERATOR, id, new People.Change(null, null, null, true), null);
    }
}
