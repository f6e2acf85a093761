package dev.lectern.security.signin;

import dev.lectern.http.ExternalAddress;
import dev.lectern.http.NetworkReach;
import dev.lectern.http.ProxyProperties;
import dev.lectern.security.AdministratorInvitation;
import dev.lectern.security.SecurityMode;
import dev.lectern.security.access.AccessProperties;
import dev.lectern.security.signin.OneTimeLinks.OneTimeLink;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Invites by a one-time link. */
@Component
class SetupInvitation implements AdministratorInvitation {
    private final FirstAdministrator firstAdministrator;
    private final AccessProperties properties;
    private final NetworkReach reach;
    private final ProxyProperties proxies;

    SetupInvitation(
            FirstAdministrator firstAdministrator,
            AccessProperties properties,
            NetworkReach reach,
            ProxyProperties proxies) {
        this.firstAdministrator = firstAdministrator;
        this.properties = properties;
        this.reach = reach;
        this.proxies = proxies;
    }

    @Override
    public boolean isNeeded() {
        return (properties.mode() == SecurityMode.PRIVATE || reach.isReachedFromNetwork())
                && firstAdministrator.isMissing();
    }

    @Override
    public Optional<String> createLink(URI local) {
        String base = proxies.publicAddress()
                .map(address -> address.url(""))
                .orElseGet(() -> new ExternalAddress(local.getScheme(), local.getHost(), local.getPort(), "").url(""));
        return firstAdministrator.createLink().map(OneTimeLink::path).map(path -> base + path);
    }
}
