package dev.lectern.security;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Replaces secrets of this library that others may have read. Thread-safe. */
public final class SecretReplacer {
    private final OperatorKey operatorKey;
    private final SigningKeyRepository signingKeys;
    private final VisitorCookies cookies;

    SecretReplacer(OperatorKey operatorKey, SigningKeyRepository signingKeys, VisitorCookies cookies) {
        this.operatorKey = operatorKey;
        this.signingKeys = signingKeys;
        this.cookies = cookies;
    }

    /**
     * Writes a new key of the operator to the key file. The former one is not accepted any more.
     *
     * @throws UncheckedIOException when the file cannot be written; the former key stays
     */
    public void replaceOperatorKey() {
        try {
            operatorKey.replace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs cookies with a new key. Cookies of visitors that were signed before are not accepted any more. */
    public void replaceSigningKey() {
        cookies.use(new VisitorCookieCodec(signingKeys.replace(SigningKeyRepository.VISITOR)));
    }
}
