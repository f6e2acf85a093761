package dev.lectern.security.signin.web;

import dev.lectern.security.access.AccessProperties;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.passkeys.RelyingParties;
import dev.lectern.security.signin.FirstAdministrator;
import dev.lectern.security.signin.SignInProviderLink;
import dev.lectern.security.signin.SignInService;
import dev.lectern.security.signin.StartedSessions;
import dev.lectern.security.signin.web.SessionView.ProviderView;
import dev.lectern.security.signin.web.SessionView.SessionUser;
import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Describes the session of a request. */
@Component
class SessionViewer {
    private final AccessProperties properties;
    private final UserRepository users;
    private final FirstAdministrator firstAdministrator;
    private final SignInService signIn;
    private final StartedSessions sessions;
    private final RelyingParties passkeys;
    private final ObjectProvider<SignInProviderLink> provider;

    SessionViewer(
            AccessProperties properties,
            UserRepository users,
            FirstAdministrator firstAdministrator,
            SignInService signIn,
            StartedSessions sessions,
            RelyingParties passkeys,
            ObjectProvider<SignInProviderLink> provider) {
        this.properties = properties;
        this.users = users;
        this.firstAdministrator = firstAdministrator;
        this.signIn = signIn;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.provider = provider;
    }

    SessionView view(Caller caller, HttpServletRequest request) {
        return new SessionView(
                properties.mode().name().toLowerCase(Locale.ROOT),
                user(caller),
                caller.isAdministrator(),
                caller instanceof Caller.User ? sessions.csrfToken(request).orElse(null) : null,
                firstAdministrator.isMissing(),
                true,
                passkeys.isUsable(request),
                provider(),
                signIn.countAdoptable(caller));
    }

    private @Nullable SessionUser user(Caller caller) {
        return caller instanceof Caller.User person
                ? users.find(person.id()).map(SessionViewer::user).orElse(null)
                : null;
    }

    private static SessionUser user(UserAccount user) {
        return new SessionUser(
                user.id(), user.name(), user.displayName(), user.role().text());
    }

    private @Nullable ProviderView provider() {
        SignInProviderLink link = provider.getIfAvailable();
        return link == null ? null : new ProviderView(link.name(), link.href());
    }
}
