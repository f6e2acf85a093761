package dev.lectern.security.passkeys;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.http.ProxyProperties;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** This server as authenticators know it, under the address of a request. Thread-safe. */
@Component
public class RelyingParties {
    private final PasskeyAddress addresses;
    private final UserRepository users;
    private final PasskeyRepository passkeys;
    private final InstantSource clock;
    /** Nearly all requests use one address, and making it takes some milliseconds. */
    private volatile @Nullable RelyingParty last;

    RelyingParties(ProxyProperties proxies, UserRepository users, PasskeyRepository passkeys, InstantSource clock) {
        this.addresses = new PasskeyAddress(proxies.publicAddress());
        this.users = users;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    /** Whether passkeys work under the address that the browser uses. */
    public boolean isUsable(HttpServletRequest request) {
        return addresses.refuse(ClientAddress.of(request).external()).isEmpty();
    }

    /** @throws LecternException HTTPS_REQUIRED or ORIGIN_NOT_ALLOWED where passkeys do not work, with what to do */
    RelyingParty of(HttpServletRequest request) {
        ExternalAddress address = ClientAddress.of(request).external();
        addresses.refuse(address).ifPresent(refusal -> {
            throw refusal;
        });
        RelyingParty known = last;
        if (known == null || !known.isAt(address)) {
            known = new RelyingParty(address, users, passkeys, clock);
            last = known;
        }
        return known;
    }
}
