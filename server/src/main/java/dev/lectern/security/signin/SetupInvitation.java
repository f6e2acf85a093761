package dev.lectern.security.signin;

import dev.lectern.http.ExternalAddress;
import dev.lectern.http.NetworkReach;
import dev.lectern.http.ProxyProperties;
import dev.lectern.security.SecurityMode;
import dev.lectern.security.access.AccessProperties;
import dev.lectern.security.signin.OneTimeLinks.OneTimeLink;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the start of the server says to whoever is to become its first administrator. */
@Component
public class SetupInvitation {
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

    /**
     * Whether the server has no administrator and needs one: people sign in, or others than the person at this machine reach it. On the machine itself, in the mode open,
     * that person is administrator already.
     */
    public boolean isNeeded() {
        return (properties.mode() == SecurityMode.PRIVATE || reach.isReachedFromNetwork())
                && firstAdministrator.isMissing();
    }

    /**
     * A new link, instead of former ones. Print it to the console only, and to no log.
     *
     * @param local address of the server on this machine
     * @return empty if somebody has become administrator meanwhile
     */
    public Optional<String> createLink(URI local) {
        String base = proxies.publicAddress()
                .map(address -> address.url(""))
                .orElseGet(() -> new ExternalAddress(local.getScheme(), local.getHost(), local.getPort(), "").url(""));
        return firstAdministrator.createLink().map(OneTimeLink::path).map(path -> base + path);
    }
}
