package dev.lectern.http.outbound;

import java.net.UnknownHostException;

/** An address that a person gave, or that a redirect led to, must not be contacted. The message says why and what to do, without an IP address. */
public final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    ForbiddenAddressException(String message) {
        super(message);
    }
}
