package dev.lectern.http.tls;

import dev.lectern.http.TlsProperties;
import dev.lectern.shared.InvalidSettingException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Checks that browsers can accept a certificate and its key: they belong together, are valid today and strong enough. */
final class KeyPairCheck {
    private static final int MIN_RSA_BITS = 2048;
    private static final byte[] SAMPLE = {1, 2, 3, 4};
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final TlsProperties properties;
    private final InstantSource clock;

    KeyPairCheck(TlsProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** @throws InvalidSettingException that says what is wrong and what to do */
    void check(ServerKeyPair pair) {
        requireMatch(pair);
        requireStrength(pair.certificate().getPublicKey());
        Instant now = clock.instant();
        Instant from = pair.certificate().getNotBefore().toInstant();
        Instant until = pair.certificate().getNotAfter().toInstant();
        if (until.isBefore(now)) {
            throw refused("The certificate in ", " expired on " + DAY.format(until) + ". Replace it by a valid one.");
        }
        if (from.isAfter(now)) {
            throw refused(
                    "The certificate in ",
                    " is valid only from " + DAY.format(from)
                            + ". Replace it by a valid one, or correct the clock of this machine.");
        }
    }

    private void requireMatch(ServerKeyPair pair) {
        if (isPair(pair.key(), pair.certificate().getPublicKey())) {
            return;
        }
        List<X509Certificate> others = pair.chain().subList(1, pair.chain().size());
        if (others.stream().anyMatch(other -> isPair(pair.key(), other.getPublicKey()))) {
            throw refused(
                    "The certificate of the key is not the first one in ",
                    ". Write the certificate of the server before the intermediate ones.");
        }
        throw refused(
                "The private key " + (properties.key().isBlank() ? "" : "in LECTERN_TLS_KEY=" + properties.key() + " ")
                        + "does not belong to the certificate in ",
                ". Set both to files that were made together.");
    }

    private void requireStrength(PublicKey key) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw refused(
                    "The certificate in ",
                    " has an RSA key of " + rsa.getModulus().bitLength()
                            + " bits, which browsers refuse. Replace it by one of 2048 bits or more.");
        }
    }

    private InvalidSettingException refused(String before, String after) {
        String file = properties.keyStore().isBlank() ? properties.certificate() : properties.keyStore();
        return new InvalidSettingException(before + properties.certificateVariable() + "=" + file + after);
    }

    private static boolean isPair(PrivateKey privateKey, PublicKey publicKey) {
        if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> privateKey.getAlgorithm();
        };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(SAMPLE);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(SAMPLE);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException unusable) {
            return false;
        }
    }
}
