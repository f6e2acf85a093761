package dev.lectern.security.keys;

import dev.lectern.security.CallerLookup;
import dev.lectern.security.accounts.ActiveUsers;
import dev.lectern.shared.Caller;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks among the accounts, then among the API keys. Their ids are made by one generator, so that none is both. */
@Component
class StoredCallerLookup implements CallerLookup {
    private final ActiveUsers users;
    private final ApiKeyRepository keys;
    private final InstantSource clock;

    StoredCallerLookup(ActiveUsers users, ApiKeyRepository keys, InstantSource clock) {
        this.users = users;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Caller find(String id) {
        if (id.equals(Caller.Operator.ID)) {
            return new Caller.Operator(id);
        }
        return users.find(id).<Caller>map(user -> user).or(() -> findKey(id)).orElseGet(() -> new Caller.Visitor(id));
    }

    private Optional<Caller> findKey(String id) {
        int separator = id.indexOf('/');
        String endUser = separator < 0 ? null : id.substring(separator + 1);
        return keys.find(separator < 0 ? id : id.substring(0, separator))
                .filter(key -> key.isValidAt(clock.instant()))
                .flatMap(key -> withOwner(key, endUser));
    }

    private Optional<Caller> withOwner(StoredApiKey key, @Nullable String endUser) {
        if (key.owner() == null) {
            return Optional.of(new Caller.ApiKey(key.id(), endUser, key.scopes(), key.collections(), null));
        }
        return users.find(key.owner())
                .map(owner -> new Caller.ApiKey(key.id(), endUser, key.scopes(), key.collections(), owner));
    }
}
