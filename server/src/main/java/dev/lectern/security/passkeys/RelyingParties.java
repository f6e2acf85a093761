package dev.lectern.security.passkeys;

import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.http.IpAddressParser;
import dev.lectern.http.ProxyProperties;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The address that passkeys belong to: that which the operator has named for readers, otherwise that of the request. Browsers use passkeys only under HTTPS or on
 * localhost, and only for host names. Thread-safe.
 */
@Component
public class RelyingParties {
    private static final String LOCAL = "localhost";

    private final Optional<ExternalAddress> publicAddress;
    private final UserRepository users;
    private final PasskeyRepository passkeys;
    private final InstantSource clock;
    /** Nearly all requests use one address, and making it takes some milliseconds. */
    private volatile @Nullable RelyingParty last;

    RelyingParties(ProxyProperties proxies, UserRepository users, PasskeyRepository passkeys, InstantSource clock) {
        this.publicAddress = proxies.publicAddress();
        this.users = users;
        this.passkeys = passkeys;
        this.clock = clock;
    }

    /** Whether passkeys work under the address that the browser uses. */
    public boolean isUsable(HttpServletRequest request) {
        return refuse(ClientAddress.of(request).external()).isEmpty();
    }

    /** @throws LecternException HTTPS_REQUIRED or ORIGIN_NOT_ALLOWED where passkeys do not work, with what to do */
    RelyingParty of(HttpServletRequest request) {
        ExternalAddress address = ClientAddress.of(request).external();
        refuse(address).ifPresent(refusal -> {
            throw refusal;
        });
        RelyingParty known = last;
        if (known == null || !known.isAt(address)) {
            known = new RelyingParty(address, users, passkeys, clock);
            last = known;
        }
        return known;
    }

    private Optional<LecternException> refuse(ExternalAddress address) {
        String origin = address.origin();
        if (publicAddress.isPresent() && !publicAddress.get().origin().equals(origin)) {
            return refuse(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "Passkeys of this server belong to " + publicAddress.get().origin() + ", and it was opened as "
                            + origin + ". Open " + publicAddress.get().origin() + ".");
        }
        if (isNumeric(address.host())) {
            return refuse(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "Passkeys need a host name, and this server was opened as " + origin
                            + ". Open it by its name, on this machine by " + LOCAL + ".");
        }
        if (!address.isSecure() && !isLocal(address.host())) {
            return refuse(
                    ErrorCode.HTTPS_REQUIRED,
                    "Browsers use passkeys under HTTPS only, and this server was opened as " + origin
                            + ". Open it by its address with https://.");
        }
        return Optional.empty();
    }

    private static Optional<LecternException> refuse(ErrorCode code, String message) {
        return Optional.of(new LecternException(code, message));
    }

    /** Also without any host, which no browser sends. */
    private static boolean isNumeric(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.isEmpty() || IpAddressParser.parse(bare).isPresent();
    }

    private static boolean isLocal(String host) {
        return host.equals(LOCAL) || host.endsWith("." + LOCAL);
    }
}
