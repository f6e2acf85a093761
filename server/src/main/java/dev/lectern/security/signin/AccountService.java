package dev.lectern.security.signin;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.PersonalDataStore;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.AccountChanged;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** What people do with their own account. Thread-safe. */
@Service
public class AccountService {
    private final UserRepository users;
    private final AccessChanges changes;
    private final CollectionGrants grants;
    private final ObjectProvider<PersonalDataStore> stores;
    private final ApplicationEventPublisher events;

    AccountService(
            UserRepository users,
            AccessChanges changes,
            CollectionGrants grants,
            ObjectProvider<PersonalDataStore> stores,
            ApplicationEventPublisher events) {
        this.users = users;
        this.changes = changes;
        this.grants = grants;
        this.stores = stores;
        this.events = events;
    }

    /** @throws LecternException FORBIDDEN for a caller without an account, such as a visitor or a program */
    public UserAccount get(Caller caller) {
        if (caller instanceof Caller.User user) {
            return users.find(user.id()).orElseThrow(AccountService::signInFirst);
        }
        throw caller instanceof Caller.Visitor
                ? signInFirst()
                : new LecternException(
                        ErrorCode.FORBIDDEN, "Only people who have signed in have an account. Sign in on the page.");
    }

    /**
     * Changes what others see of a person.
     *
     * @param displayName null leaves it as it is
     * @param email null leaves it as it is; empty for none. A changed one is not verified
     */
    public UserAccount change(Caller caller, @Nullable String displayName, @Nullable String email) {
        get(caller);
        return changes.make(() -> {
            UserAccount user = get(caller);
            String address = email == null ? user.email() : email.isBlank() ? null : People.requireEmail(email);
            UserAccount next = new UserAccount(
                    user.id(),
                    user.name(),
                    displayName == null ? user.displayName() : People.requireDisplayName(displayName),
                    address,
                    user.isEmailVerified() && address != null && address.equals(user.email()),
                    user.role(),
                    user.password(),
                    user.passwordSetAt(),
                    user.secondFactor(),
                    user.disabledAt(),
                    user.createdAt(),
                    user.signedInAt(),
                    user.version());
            users.update(next);
            events.publishEvent(new AccountChanged(caller, AccountChanged.Kind.CHANGED, next, "name or e-mail"));
            return users.find(user.id()).orElseThrow();
        });
    }

    /** All that is stored for a person, by kind. */
    public Map<String, Object> export(Caller caller, HttpServletRequest request) {
        UserAccount user = get(caller);
        Map<String, Object> all = new LinkedHashMap<>();
        stores.orderedStream().forEach(store -> all.put(store.name(), store.export(caller)));
        publish(Kind.DATA_EXPORTED, user, request);
        return all;
    }

    /**
     * Deletes an account with all that is stored for the person. Its sessions, keys and grants end.
     *
     * @return the numbers of deleted items by kind
     * @throws LecternException CONFLICT for the last administrator who can sign in
     */
    public Map<String, Long> delete(Caller caller, HttpServletRequest request) {
        UserAccount user = get(caller);
        Map<String, Long> deleted = new LinkedHashMap<>();
        changes.make(() -> {
            events.publishEvent(new AccountChanged(caller, AccountChanged.Kind.DELETED, user, "by the person"));
            grants.deleteOf(GranteeKind.USER, user.id());
            users.delete(user.id());
            if (user.role() == Role.ADMINISTRATOR && users.countActiveAdministrators() == 0) {
                throw new LecternException(
                        ErrorCode.CONFLICT,
                        "You are the last administrator who can sign in. Make somebody else an administrator first.");
            }
        });
        stores.orderedStream().forEach(store -> deleted.put(store.name(), store.delete(caller)));
        publish(Kind.ACCOUNT_DELETED, user, request);
        return deleted;
    }

    public void publish(Kind kind, UserAccount user, HttpServletRequest request) {
        events.publishEvent(new SignInEvent(
                kind, user.id(), user.name(), ClientAddress.of(request).text(), ""));
    }

    /** Publishes what somebody else, such as an administrator, has done for a person. */
    public void publish(Kind kind, Caller by, UserAccount user, HttpServletRequest request) {
        events.publishEvent(new SignInEvent(
                kind, user.id(), user.name(), ClientAddress.of(request).text(), "", by));
    }

    private static LecternException signInFirst() {
        return new LecternException(ErrorCode.UNAUTHENTICATED, "Sign in to see your account.");
    }
}
