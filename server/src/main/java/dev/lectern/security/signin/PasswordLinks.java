package dev.lectern.security.signin;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ProxyProperties;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.signin.OneTimeLinks.OneTimeLink;
import dev.lectern.security.signin.OneTimeLinks.Purpose;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Makes the links with which people choose their passwords, for administrators, who have been checked. Thread-safe. */
@Component
public class PasswordLinks {
    private final OneTimeLinks links;
    private final AccountService accounts;
    private final AccessChanges changes;
    private final ProxyProperties proxies;

    PasswordLinks(OneTimeLinks links, AccountService accounts, AccessChanges changes, ProxyProperties proxies) {
        this.links = links;
        this.accounts = accounts;
        this.changes = changes;
        this.proxies = proxies;
    }

    /**
     * A link with which a person chooses a password, once. Whoever has it is that person.
     *
     * @param link to be given to the person by a safe way; shown this time only
     * @param expiresAt until when it works
     */
    public record PasswordLink(String link, Instant expiresAt) {
        /** Without the link, which is a secret. */
        @Override
        public String toString() {
            return "PasswordLink[]";
        }
    }

    /** A new account with the first link of its person. */
    public record InvitedUser(UserAccount user, PasswordLink invitation) {}

    /**
     * A link for a person: for a day, or, as long as there is no password, for a week. Former links of the person do not work any more.
     *
     * @param by for the audit log
     */
    public PasswordLink create(Caller by, UserAccount user, HttpServletRequest request) {
        Purpose purpose = user.password() == null ? Purpose.INVITATION : Purpose.PASSWORD_RESET;
        return publish(by, user, links.create(purpose, user.id()), request);
    }

    /**
     * Adds an account and makes its first link, both or neither.
     *
     * @param by for the audit log
     * @param creation adds an account without a password, in the transaction of the link
     */
    public InvitedUser invite(Caller by, Supplier<UserAccount> creation, HttpServletRequest request) {
        record Created(UserAccount user, OneTimeLink link) {}
        Created created = changes.make(() -> {
            UserAccount user = creation.get();
            return new Created(user, links.create(Purpose.INVITATION, user.id()));
        });
        return new InvitedUser(created.user(), publish(by, created.user(), created.link(), request));
    }

    private PasswordLink publish(Caller by, UserAccount user, OneTimeLink link, HttpServletRequest request) {
        accounts.publish(Kind.LINK_CREATED, by, user, request);
        String address = proxies.publicAddress()
                .orElseGet(() -> ClientAddress.of(request).external())
                .url(link.path());
        return new PasswordLink(address, link.expiresAt());
    }
}
