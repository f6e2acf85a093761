package dev.lectern.security;

import dev.lectern.shared.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the ids of visitors and reads them back: {@code <id>.<HMAC-SHA256 of the id>}, so nobody can take another visitor's id by guessing. */
final class VisitorCookie {
    static final String NAME = "lectern_visitor";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST = 128;

    /** With the key in it; every signature takes a copy. */
    private final Mac keyed;

    VisitorCookie(byte[] key) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    String sign(Caller.Visitor visitor) {
        return visitor.id() + "." + signature(visitor.id());
    }

    /** The visitor of a cookie's value; empty when we did not sign it. */
    Optional<Caller.Visitor> read(String value) {
        int dot = value.lastIndexOf('.');
        if (dot < 1 || value.length() > LONGEST) {
            return Optional.empty();
        }
        String id = value.substring(0, dot);
        byte[] shown = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        boolean ours = MessageDigest.isEqual(signature(id).getBytes(StandardCharsets.UTF_8), shown);
        return ours ? Optional.of(new Caller.Visitor(id)) : Optional.empty();
    }

    private String signature(String id) {
        try {
            Mac mac = (Mac) keyed.clone();
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's " + ALGORITHM + " can be copied", e);
        }
    }
}
