package dev.lectern.security;

import dev.lectern.shared.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Encodes the id of a visitor as {@code <id>.<HMAC-SHA256 of the id>} and verifies it, so that nobody can guess the cookie of another visitor. */
final class VisitorCookieCodec {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_LENGTH = 128;

    /** Initialised with the key; every signature uses a copy. */
    private final Mac mac;

    VisitorCookieCodec(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    String sign(Caller.Visitor visitor) {
        return visitor.id() + "." + signature(visitor.id());
    }

    /** The visitor of a cookie value; empty when the signature is wrong. */
    Optional<Caller.Visitor> read(String value) {
        int dot = value.lastIndexOf('.');
        if (dot < 1 || value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String id = value.substring(0, dot);
        byte[] received = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        boolean isValid = MessageDigest.isEqual(signature(id).getBytes(StandardCharsets.UTF_8), received);
        return isValid ? Optional.of(new Caller.Visitor(id)) : Optional.empty();
    }

    private String signature(String id) {
        try {
            Mac copy = (Mac) mac.clone();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(copy.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's " + ALGORITHM + " can be copied", e);
        }
    }
}
