package dev.lectern.security;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SecretEncryption;
import dev.lectern.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts secrets that the database has to give back, such as those of second factors and identity providers: AES-256 in GCM mode, with the key of {@code
 * LECTERN_SECURITY_ENCRYPTION_KEY} or else of the data folder. A text is bound to its purpose, so that nobody who can write to the database makes one secret of another.
 * Thread-safe.
 */
public final class SecretCipher implements SecretEncryption {
    private static final String VERSION = "v1";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_LENGTH = 8;

    private final Supplier<String> source;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable CipherKey key;

    /** A key with the name that is beside each text which it has encrypted. */
    private record CipherKey(SecretKeySpec spec, String id) {
        static CipherKey of(String text) {
            return new CipherKey(new SecretKeySpec(Sha256.bytes("lectern secret cipher:" + text), "AES"), idOf(text));
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "CipherKey[" + id + "]";
        }
    }

    /** @param key of at least 256 random bits, as text */
    SecretCipher(String key) {
        this(() -> key);
    }

    /** @param source of the key, asked at each use until it gives one */
    SecretCipher(Supplier<String> source) {
        this.source = source;
    }

    /** What encrypted texts begin with that were encrypted with a key. */
    static String prefixOf(String key) {
        return VERSION + ":" + idOf(key) + ":";
    }

    private static String idOf(String key) {
        return Sha256.hex("lectern secret cipher id:" + key).substring(0, KEY_ID_LENGTH);
    }

    private CipherKey key() {
        CipherKey present = key;
        if (present == null) {
            present = CipherKey.of(source.get());
            key = present;
        }
        return present;
    }

    @Override
    public String encrypt(String secret, String purpose) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] both = Arrays.copyOf(nonce, nonce.length + encrypted.length);
            System.arraycopy(encrypted, 0, both, nonce.length, encrypted.length);
            return VERSION + ":" + key().id() + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String decrypt(String encrypted, String purpose) {
        String[] parts = encrypted.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw unreadable("A secret in the database is malformed.", null);
        }
        if (!parts[1].equals(key().id())) {
            throw unreadable("A secret in the database was encrypted with another key.", null);
        }
        try {
            byte[] both = Base64.getDecoder().decode(parts[2]);
            if (both.length <= NONCE_BYTES) {
                throw unreadable("A secret in the database is malformed.", null);
            }
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            byte[] secret =
                    cipher(Cipher.DECRYPT_MODE, nonce, purpose).doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException changed) {
            throw unreadable("A secret in the database was changed, or belongs to something else.", changed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key().spec(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static LecternException unreadable(String message, @Nullable Exception cause) {
        return LecternException.forOperator(
                ErrorCode.INTERNAL,
                message,
                "Set LECTERN_SECURITY_ENCRYPTION_KEY, or the file encryption-key in the data folder, to the key that it was encrypted with, the same on all"
                        + " nodes; or have the secret entered again.",
                cause);
    }
}
