package dev.lectern.security.accounts;

import dev.lectern.security.GranteeKind;
import dev.lectern.security.GranteeNames;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Names from the accounts and groups in the database. */
@Component
class StoredGranteeNames implements GranteeNames {
    private final UserRepository users;
    private final GroupRepository groups;

    StoredGranteeNames(UserRepository users, GroupRepository groups) {
        this.users = users;
        this.groups = groups;
    }

    @Override
    public String nameOf(GranteeKind kind, String id) {
        return switch (kind) {
            case USER -> users.find(id).map(UserAccount::displayName).orElse(id);
            case GROUP -> groups.find(id).map(Group::displayName).orElse(id);
            case EVERYONE, SIGNED_IN -> throw new IllegalArgumentException(kind + " has no name");
        };
    }

    @Override
    public Optional<String> findId(GranteeKind kind, String name) {
        String folded = AccountName.fold(name);
        return switch (kind) {
            case USER -> users.findByName(folded).map(UserAccount::id);
            case GROUP -> groups.findByName(folded).map(Group::id);
            case EVERYONE, SIGNED_IN -> throw new IllegalArgumentException(kind + " has no name");
        };
    }
}
