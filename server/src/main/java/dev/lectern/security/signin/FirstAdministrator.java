package dev.lectern.security.signin;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.access.AccessCache;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.AccountName;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.signin.OneTimeLinks.OneTimeLink;
import dev.lectern.security.signin.OneTimeLinks.Purpose;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Makes the first administrator, by a link that the start prints. Thread-safe. */
@Service
public class FirstAdministrator {
    private static final String KEY = "administrators";

    private final UserRepository users;
    private final OneTimeLinks links;
    private final ObjectProvider<Passwords> passwords;
    private final AccessCache<String, Boolean> missing;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final InstantSource clock;

    FirstAdministrator(
            UserRepository users,
            OneTimeLinks links,
            ObjectProvider<Passwords> passwords,
            AccessChanges changes,
            ApplicationEventPublisher events,
            IdGenerator ids,
            InstantSource clock) {
        this.users = users;
        this.links = links;
        this.passwords = passwords;
        this.missing = new AccessCache<>(changes);
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether nobody who can sign in is an administrator. */
    public boolean isMissing() {
        return missing.get(KEY, _ -> users.countActiveAdministrators() == 0);
    }

    /** A link with which somebody becomes the first administrator, valid for 15 minutes, once; empty when there is an administrator. Print it to the console only. */
    public Optional<OneTimeLink> createLink() {
        return isMissing() ? Optional.of(links.create(Purpose.FIRST_ADMINISTRATOR, null)) : Optional.empty();
    }

    /**
     * Adds the first administrator. Of several redemptions of a link at once, one succeeds.
     *
     * @throws LecternException GONE for a link that is unknown, expired or was used; INVALID_REQUEST for a name or password that is not accepted, after which the link
     *     still works
     */
    public UserAccount create(
            String token, String name, @Nullable String displayName, String password, HttpServletRequest request) {
        if (!links.isForFirstAdministrator(token)) {
            throw gone();
        }
        String folded = AccountName.require("name", name);
        String shown = People.requireDisplayName(displayName == null ? name : displayName);
        String encoded = passwords.getObject().encode(password, folded);
        Instant now = clock.instant();
        UserAccount user = new UserAccount(
                ids.next(), folded, shown, null, false, Role.ADMINISTRATOR, encoded, now, null, null, now, null, 0);
        UserAccount created =
                links.redeemForFirstAdministrator(token, _ -> add(user)).orElseThrow(FirstAdministrator::gone);
        events.publishEvent(new SignInEvent(
                Kind.FIRST_ADMINISTRATOR_CREATED,
                user.id(),
                folded,
                ClientAddress.of(request).text(),
                ""));
        return created;
    }

    private UserAccount add(UserAccount user) {
        if (users.countActiveAdministrators() > 0) {
            throw gone();
        }
        if (!users.add(user)) {
            throw new LecternException(
                    ErrorCode.CONFLICT, "The name \"" + user.name() + "\" is taken. Choose another one.");
        }
        return user;
    }

    private static LecternException gone() {
        return new LecternException(
                ErrorCode.GONE,
                "This link has expired or was used. Start the server again for another one, or run"
                        + " lectern user create --admin NAME.");
    }
}
