package dev.lectern.security.accounts;

import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The accounts of all people, for administrators. A change holds on every node within a second. Thread-safe. */
@Service
public class People {
    static final int MAX_PAGE = 200;
    private static final int MAX_DISPLAY_NAME = 100;
    private static final int MAX_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;]+@[^\\s@<>,;]+");
    private static final String ADMINISTRATORS_ONLY =
            "Only administrators see and change accounts. Ask one, or use the key of the data folder.";

    private final UserRepository users;
    private final AccessChanges changes;
    private final CollectionGrants grants;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final InstantSource clock;

    People(
            UserRepository users,
            AccessChanges changes,
            CollectionGrants grants,
            ApplicationEventPublisher events,
            IdGenerator ids,
            InstantSource clock) {
        this.users = users;
        this.changes = changes;
        this.grants = grants;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is to be changed of an account; null leaves it as it is.
     *
     * @param displayName 1 to 100 characters
     * @param email an address, which the administrator vouches for, or empty for none
     * @param isDisabled whether the person cannot sign in any more
     */
    public record Change(
            @Nullable String displayName,
            @Nullable String email,
            @Nullable Role role,
            @Nullable Boolean isDisabled) {}

    /**
     * A page of accounts in the order of their names.
     *
     * @param query part of the name or shown name, in any letter case; null for all
     * @param after the last name of the page before; null for the first page
     * @param limit 1 to 200
     */
    public Page<UserAccount> list(Caller caller, @Nullable String query, @Nullable String after, int limit) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        if (limit < 1 || limit > MAX_PAGE) {
            throw LecternException.invalid("limit", "The limit must be between 1 and " + MAX_PAGE + ".");
        }
        List<UserAccount> found = users.list(query == null ? "" : query, after == null ? "" : after, limit + 1);
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).name());
    }

    /** @throws LecternException NOT_FOUND */
    public UserAccount get(Caller caller, String id) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        return users.find(id).orElseThrow(People::notFound);
    }

    /**
     * Adds an account without a password: the person sets one by a one-time link, or comes from an identity provider.
     *
     * @throws LecternException CONFLICT if the name is taken
     */
    public UserAccount create(
            Caller caller, String name, @Nullable String displayName, @Nullable String email, Role role) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        String folded = AccountName.require("name", name);
        UserAccount user = new UserAccount(
                ids.next(),
                folded,
                requireDisplayName(displayName == null ? name.strip() : displayName),
                email == null ? null : requireEmail(email),
                email != null,
                role,
                null,
                null,
                null,
                null,
                clock.instant(),
                null,
                0);
        changes.make(() -> {
            if (!users.add(user)) {
                throw new LecternException(
                        ErrorCode.CONFLICT, "The name \"" + folded + "\" is taken. Choose another one.");
            }
            events.publishEvent(new AccountChanged(
                    caller, AccountChanged.Kind.CREATED, user, user.role().text()));
        });
        return user;
    }

    /**
     * Changes an account.
     *
     * @param ifMatch as {@link EntityTag#requireMatch} takes it; null for none
     * @throws LecternException NOT_FOUND; PRECONDITION_FAILED; CONFLICT if no active administrator would be left
     */
    public UserAccount change(Caller caller, String id, Change change, @Nullable String ifMatch) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        return changes.make(() -> {
            UserAccount before = users.find(id).orElseThrow(People::notFound);
            UserAccount after = apply(change, before);
            EntityTag.requireMatch(ifMatch, tag(before));
            users.update(after);
            requireAdministratorLeft(before);
            publish(caller, before, after);
            return users.find(id).orElseThrow(People::notFound);
        });
    }

    /**
     * Deletes an account, its grants and its memberships. What the person has asked stays until its own deletion.
     *
     * @throws LecternException NOT_FOUND; PRECONDITION_FAILED; CONFLICT if no active administrator would be left
     */
    public void delete(Caller caller, String id, @Nullable String ifMatch) {
        caller.requireAdministrator(ADMINISTRATORS_ONLY);
        changes.make(() -> {
            UserAccount user = users.find(id).orElseThrow(People::notFound);
            EntityTag.requireMatch(ifMatch, tag(user));
            events.publishEvent(new AccountChanged(caller, AccountChanged.Kind.DELETED, user, ""));
            grants.deleteOf(GranteeKind.USER, id);
            users.delete(id);
            requireAdministratorLeft(user);
        });
    }

    /** The entity tag of an account. */
    public static String tag(UserAccount user) {
        return EntityTag.of(user.id(), user.version());
    }

    static LecternException notFound() {
        return new LecternException(
                ErrorCode.NOT_FOUND, "No account has this id. GET /api/v1/users lists the accounts.");
    }

    private UserAccount apply(Change change, UserAccount user) {
        String email =
                change.email() == null ? user.email() : change.email().isBlank() ? null : requireEmail(change.email());
        boolean isDisabled = change.isDisabled() == null ? !user.isActive() : change.isDisabled();
        return new UserAccount(
                user.id(),
                user.name(),
                change.displayName() == null ? user.displayName() : requireDisplayName(change.displayName()),
                email,
                email != null && (user.isEmailVerified() || !email.equals(user.email())),
                change.role() == null ? user.role() : change.role(),
                user.password(),
                user.passwordSetAt(),
                user.secondFactor(),
                !isDisabled ? null : user.disabledAt() == null ? clock.instant() : user.disabledAt(),
                user.createdAt(),
                user.signedInAt(),
                user.version());
    }

    /** Checked after the change, in its transaction, which no other change of access overlaps. */
    private void requireAdministratorLeft(UserAccount before) {
        boolean wasAdministrator = before.role() == Role.ADMINISTRATOR && before.isActive();
        if (wasAdministrator && users.countActiveAdministrators() == 0) {
            throw new LecternException(
                    ErrorCode.CONFLICT,
                    "This is the last administrator who can sign in. Make somebody else an administrator first.");
        }
    }

    private void publish(Caller caller, UserAccount before, UserAccount after) {
        if (before.isActive() != after.isActive()) {
            events.publishEvent(new AccountChanged(
                    caller, after.isActive() ? AccountChanged.Kind.ENABLED : AccountChanged.Kind.DISABLED, after, ""));
        }
        if (before.role() != after.role()) {
            events.publishEvent(new AccountChanged(
                    caller,
                    AccountChanged.Kind.ROLE_CHANGED,
                    after,
                    before.role().text() + " to " + after.role().text()));
        }
        if (!before.displayName().equals(after.displayName()) || !Objects.equals(before.email(), after.email())) {
            events.publishEvent(new AccountChanged(caller, AccountChanged.Kind.CHANGED, after, "name or e-mail"));
        }
    }

    /** @throws LecternException INVALID_REQUEST unless it has 1 to 100 visible characters */
    public static String requireDisplayName(String text) {
        String name = text.strip();
        if (name.isEmpty()
                || name.length() > MAX_DISPLAY_NAME
                || name.chars().anyMatch(one -> Character.isISOControl(one))) {
            throw LecternException.invalid(
                    "displayName", "The shown name must have 1 to " + MAX_DISPLAY_NAME + " visible characters.");
        }
        return name;
    }

    /** @throws LecternException INVALID_REQUEST unless it looks like an e-mail address */
    public static String requireEmail(String text) {
        String email = text.strip();
        if (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches()) {
            throw LecternException.invalid("email", "This is no e-mail address, such as name@example.org.");
        }
        return email;
    }
}
