package dev.lectern.security.accounts;

import dev.lectern.security.CollectionGrants;
import dev.lectern.security.TestAccess;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.shared.Caller;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.TestDatabase;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;

/** Accounts of tests without an application. */
public final class TestAccounts {
    private final UserRepository users;
    private final People people;

    /** @param events gets what the accounts publish */
    public TestAccounts(
            TestDatabase database,
            AccessChanges changes,
            CollectionGrants grants,
            ApplicationEventPublisher events,
            InstantSource clock) {
        users = new UserRepository(database.jdbc());
        people = new People(users, changes, grants, events, new IdGenerator(clock, new SecureRandom()), clock);
    }

    /** Adds an account; the caller that the person is. */
    public Caller.User add(String name, Role role) {
        UserAccount account = people.create(TestAccess.OPERATOR, name, null, null, role);
        return new Caller.User(account.id(), account.displayName(), role == Role.ADMINISTRATOR, Set.of());
    }

    public void setDisabled(Caller.User user, boolean isDisabled) {
        people.change(TestAccess.OPERATOR, user.id(), new People.Change(null, null, null, isDisabled), null);
    }

    public void delete(Caller.User user) {
        people.delete(TestAccess.OPERATOR, user.id(), null);
    }

    public ActiveUsers active(AccessChanges changes) {
        return new ActiveUsers(users, changes);
    }
}
