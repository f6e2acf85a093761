package dev.lectern.security.oidc;

import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.AccountChanged;
import dev.lectern.security.accounts.AccountName;
import dev.lectern.security.accounts.Group;
import dev.lectern.security.accounts.GroupRepository;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * The accounts of people whom an identity provider signs in. Who somebody is follows from issuer and subject alone: names and addresses can be chosen by people,
 * so they link nothing, except a verified address where the operator allows it. Thread-safe.
 */
@Service
class ExternalAccounts {
    private static final int MAX_NAME = 90;
    private static final int MAX_DISPLAY_NAME = 100;

    private final OidcProperties properties;
    private final IdentityRepository identities;
    private final UserRepository users;
    private final GroupRepository groups;
    private final AccessChanges changes;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final InstantSource clock;

    ExternalAccounts(
            OidcProperties properties,
            IdentityRepository identities,
            UserRepository users,
            GroupRepository groups,
            AccessChanges changes,
            ApplicationEventPublisher events,
            IdGenerator ids,
            InstantSource clock) {
        this.properties = properties;
        this.identities = identities;
        this.users = users;
        this.groups = groups;
        this.changes = changes;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The account of a person whom the provider has signed in, with the name, address, role and groups that it says. Made if there is none.
     *
     * @throws LecternException FORBIDDEN if the account is disabled, the person is in no group that may sign in, or has no account and gets none
     */
    UserAccount signIn(ProviderClaims claims) {
        requireAllowed(claims);
        return changes.make(() -> {
            Instant now = clock.instant();
            UserAccount account = identities
                    .find(claims.issuer(), claims.subject())
                    .or(() -> link(claims, now))
                    .orElseGet(() -> create(claims, now));
            if (!account.isActive()) {
                throw new LecternException(ErrorCode.FORBIDDEN, "This account is disabled. Ask an administrator.");
            }
            UserAccount updated = update(account, claims);
            setGroups(updated, claims);
            users.setSignedIn(updated.id(), now);
            identities.setRefreshed(claims.issuer(), claims.subject(), now);
            return updated;
        });
    }

    /** The account of a person of the provider; empty when there is none. */
    Optional<UserAccount> find(String issuer, String subject) {
        return identities.find(issuer, subject);
    }

    /**
     * Takes over what the provider says by now of somebody who is signed in.
     *
     * @throws LecternException FORBIDDEN as for {@link #signIn}
     */
    void refresh(ProviderClaims claims) {
        requireAllowed(claims);
        changes.make(() -> {
            UserAccount account = identities
                    .find(claims.issuer(), claims.subject())
                    .orElseThrow(() -> new LecternException(ErrorCode.FORBIDDEN, "This account was deleted."));
            setGroups(update(account, claims), claims);
            identities.setRefreshed(claims.issuer(), claims.subject(), clock.instant());
        });
    }

    private void requireAllowed(ProviderClaims claims) {
        Set<String> allowed = properties.allowedGroups();
        if (!allowed.isEmpty() && claims.groups().stream().noneMatch(allowed::contains)) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN, "You belong to no group that may sign in here. Ask an administrator.");
        }
    }

    /** Only one account may have the address: of two nobody knows which is meant. */
    private Optional<UserAccount> link(ProviderClaims claims, Instant now) {
        if (!properties.linkByEmail() || claims.email() == null || !claims.isEmailVerified()) {
            return Optional.empty();
        }
        List<UserAccount> found = identities.findByEmail(claims.email(), claims.issuer());
        if (found.size() != 1) {
            return Optional.empty();
        }
        UserAccount account = found.getFirst();
        identities.add(claims.issuer(), claims.subject(), account.id(), now);
        publish(AccountChanged.Kind.CHANGED, account, "linked with " + claims.issuer() + " by e-mail address");
        return Optional.of(account);
    }

    private UserAccount create(ProviderClaims claims, Instant now) {
        if (!properties.createAccounts()) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN,
                    "You have no account here. Ask an administrator to link yours, and sign in again.");
        }
        String wanted = nameOf(claims);
        for (int number = 1; ; number++) {
            UserAccount account = new UserAccount(
                    ids.next(),
                    number == 1 ? wanted : wanted + "-" + number,
                    displayName(claims, wanted),
                    claims.email(),
                    claims.isEmailVerified(),
                    Role.USER,
                    null,
                    null,
                    null,
                    null,
                    now,
                    null,
                    0);
            if (users.add(account)) {
                identities.add(claims.issuer(), claims.subject(), account.id(), now);
                publish(AccountChanged.Kind.CREATED, account, "by " + claims.issuer());
                return account;
            }
        }
    }

    /** The name that the provider says, without characters that names cannot have; "user" if nothing is left. A taken name gets a number. */
    private static String nameOf(ProviderClaims claims) {
        String said = claims.name() != null ? claims.name() : Objects.requireNonNullElse(claims.email(), "user");
        String name = AccountName.fold(said)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}._@+ -]", "")
                .replaceFirst("^[^\\p{L}\\p{N}]+", "");
        String cut = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
        return cut.isBlank() ? "user" : AccountName.require("name", cut);
    }

    private static String displayName(ProviderClaims claims, String otherwise) {
        String name = claims.displayName() == null
                ? ""
                : claims.displayName().replaceAll("\\p{Cntrl}", " ").strip();
        String shown = name.isEmpty() ? otherwise : name;
        return shown.length() <= MAX_DISPLAY_NAME ? shown : shown.substring(0, MAX_DISPLAY_NAME);
    }

    private UserAccount update(UserAccount account, ProviderClaims claims) {
        Role role = role(claims, account);
        UserAccount updated = new UserAccount(
                account.id(),
                account.name(),
                displayName(claims, account.displayName()),
                claims.email() == null ? account.email() : claims.email(),
                claims.email() == null ? account.isEmailVerified() : claims.isEmailVerified(),
                role,
                account.password(),
                account.passwordSetAt(),
                account.secondFactor(),
                account.disabledAt(),
                account.createdAt(),
                account.signedInAt(),
                account.version());
        if (!updated.equals(account)) {
            users.update(updated);
        }
        if (role != account.role()) {
            publish(
                    AccountChanged.Kind.ROLE_CHANGED,
                    updated,
                    account.role().text() + " to " + role.text() + " by " + claims.issuer());
        }
        return updated;
    }

    /** As the provider says, except that the last administrator stays one: a mistake at the provider must not leave a server that nobody can manage. */
    private Role role(ProviderClaims claims, UserAccount account) {
        Set<String> administrators = properties.administratorGroups();
        if (administrators.isEmpty()) {
            return account.role();
        }
        Role said =
                claims.groups().stream().anyMatch(administrators::contains) ? Role.ADMINISTRATOR : Role.USER;
        if (said == Role.USER
                && account.role() == Role.ADMINISTRATOR
                && account.isActive()
                && users.countActiveAdministrators() == 1) {
            publish(
                    AccountChanged.Kind.ROLE_KEPT,
                    account,
                    "stays administrator, as nobody else is one; " + claims.issuer() + " says user");
            return account.role();
        }
        return said;
    }

    /** A group of the provider counts for the group here with the same name, if there is one. */
    private void setGroups(UserAccount account, ProviderClaims claims) {
        Set<String> wanted = claims.groups().stream()
                .flatMap(name -> groups.findByName(AccountName.fold(name)).stream())
                .map(Group::id)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> present = groups.groupsOf(account.id(), claims.issuer());
        for (String group : present) {
            if (!wanted.contains(group)) {
                groups.removeMember(group, account.id(), claims.issuer());
            }
        }
        for (String group : wanted) {
            if (!present.contains(group)) {
                groups.addMember(group, account.id(), claims.issuer());
            }
        }
    }

    private void publish(AccountChanged.Kind kind, UserAccount account, String details) {
        Caller person = new Caller.User(account.id(), account.displayName(), false, Set.of());
        events.publishEvent(new AccountChanged(person, kind, account, details));
    }
}
