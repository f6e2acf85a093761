package dev.lectern.security.accounts;

import dev.lectern.audit.CallerNames;
import dev.lectern.shared.Caller;
import org.springframework.stereotype.Component;

/** The names of people in the audit log: their names for signing in, which nobody else has. */
@Component
class StoredCallerNames implements CallerNames {
    private final UserRepository users;

    StoredCallerNames(UserRepository users) {
        this.users = users;
    }

    @Override
    public String nameOf(Caller caller) {
        return switch (caller) {
            case Caller.User user -> users.find(user.id()).map(UserAccount::name).orElse(user.name());
            case Caller.ApiKey key -> "API key " + key.key();
            case Caller.Operator _ -> "operator";
            case Caller.Visitor _ -> "visitor";
            case Caller.SystemTask task -> task.id().replace('_', ' ');
        };
    }
}
