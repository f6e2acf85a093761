package dev.lectern.security.accounts;

import dev.lectern.security.access.AccessCache;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.shared.Caller;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** People who may call now, with their role and groups; remembered until the next change of access. Thread-safe. */
@Component
public class ActiveUsers {
    private final UserRepository users;
    private final AccessCache<String, Optional<Caller.User>> known;

    ActiveUsers(UserRepository users, AccessChanges changes) {
        this.users = users;
        this.known = new AccessCache<>(changes);
    }

    /** The person of an account; empty when there is none, or it is disabled. */
    public Optional<Caller.User> find(String id) {
        return known.get(id, this::read);
    }

    private Optional<Caller.User> read(String id) {
        return users.find(id)
                .filter(UserAccount::isActive)
                .map(user -> new Caller.User(
                        user.id(), user.displayName(), user.role() == Role.ADMINISTRATOR, users.groupsOf(id)));
    }
}
