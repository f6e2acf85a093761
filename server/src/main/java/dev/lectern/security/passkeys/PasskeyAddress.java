package dev.lectern.security.passkeys;

import dev.lectern.http.ExternalAddress;
import dev.lectern.http.IpAddressParser;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Optional;

/**
 * Decides under which addresses passkeys work. Browsers use them only under HTTPS or on localhost, and only for host names; and they belong to the address
 * that the operator has named for readers, if there is one.
 */
final class PasskeyAddress {
    private static final String LOCAL = "localhost";

    private final Optional<ExternalAddress> publicAddress;

    PasskeyAddress(Optional<ExternalAddress> publicAddress) {
        this.publicAddress = publicAddress;
    }

    /** Why passkeys do not work under an address, and what to do; empty where they do. */
    Optional<LecternException> refuse(ExternalAddress address) {
        String origin = address.origin();
        Optional<String> expected = publicAddress.map(ExternalAddress::origin);
        if (expected.isPresent() && !expected.get().equals(origin)) {
            return refuse(
                    ErrorCode.ORIGIN_NOT_ALLOWED,
                    "Passkeys of this server belong to " + expected.get() + ", and it was opened as " + origin
                            + ". Open " + expected.get() + ".");
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
