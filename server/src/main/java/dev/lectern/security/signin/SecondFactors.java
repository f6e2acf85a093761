package dev.lectern.security.signin;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.lectern.security.SecretCipher;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One-time passwords of an authenticator app (RFC 6238: six digits, 30 s, SHA-1, as all apps know them), and ten codes for who has lost it. Each code works once. The
 * database has the secret encrypted and of the recovery codes a hash. Thread-safe.
 */
@Component
public class SecondFactors {
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final int RECOVERY_GROUP = 4;
    private static final String ISSUER = "Lectern";
    private static final char SEPARATOR = ':';

    private final UserRepository users;
    private final ObjectProvider<SecretCipher> cipher;
    private final JdbcClient jdbc;
    private final AccessChanges changes;
    private final InstantSource clock;
    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
    private final SecureRandom random = new SecureRandom();

    SecondFactors(
            UserRepository users,
            ObjectProvider<SecretCipher> cipher,
            JdbcClient jdbc,
            AccessChanges changes,
            InstantSource clock) {
        this.users = users;
        this.cipher = cipher;
        this.jdbc = jdbc;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A secret that is not in use yet.
     *
     * @param secret in base 32, for typing
     * @param uri for a QR code
     * @param encrypted what {@link #confirm} takes
     */
    public record NewSecret(String secret, String uri, String encrypted) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "NewSecret[]";
        }
    }

    public NewSecret create(UserAccount user) {
        String secret = Base32.toBase32String(randomBytes(SECRET_BYTES));
        String uri = "otpauth://totp/" + ISSUER + ":" + encode(user.name()) + "?secret=" + secret + "&issuer=" + ISSUER;
        return new NewSecret(secret, uri, encrypt(user, secret + SEPARATOR + 0));
    }

    /**
     * Puts a secret in use, if the person proves to have it.
     *
     * @return the recovery codes, which are shown once
     * @throws LecternException INVALID_REQUEST for a wrong code
     */
    public List<String> confirm(UserAccount user, String encrypted, String code) {
        OptionalLong step = stepOf(decrypt(user, encrypted), code);
        if (step.isEmpty()) {
            throw LecternException.invalid(
                    "code",
                    "The code is wrong. Enter the six digits that the app shows now, and check that the clock of the"
                            + " phone is right.");
        }
        String secret = secretOf(decrypt(user, encrypted));
        return changes.make(() -> {
            UserAccount present = users.find(user.id()).orElseThrow();
            users.replaceSecondFactor(
                    user.id(), present.secondFactor(), encrypt(user, secret + SEPARATOR + step.getAsLong()));
            deleteRecoveryCodes(user.id());
            return addRecoveryCodes(user.id());
        });
    }

    /** Adds ten codes. */
    List<String> addRecoveryCodes(String userId) {
        List<String> codes =
                Stream.generate(this::newRecoveryCode).limit(RECOVERY_CODES).toList();
        for (String one : codes) {
            jdbc.sql("INSERT INTO recovery_code (user_account, hash) VALUES (?, ?)")
                    .params(userId, hash(one))
                    .update();
        }
        return codes;
    }

    /** What proved to have the second factor. */
    enum Proof {
        NONE,
        APP,
        RECOVERY_CODE
    }

    /** Uses a code of somebody who has a second factor: of the app, or one of the recovery codes. It works at no later time. */
    Proof use(UserAccount user, String code) {
        String former = Objects.requireNonNull(user.secondFactor());
        String plain = decrypt(user, former);
        OptionalLong step = stepOf(plain, code);
        if (step.isPresent()) {
            String next = encrypt(user, secretOf(plain) + SEPARATOR + step.getAsLong());
            return users.replaceSecondFactor(user.id(), former, next) ? Proof.APP : Proof.NONE;
        }
        int used = jdbc.sql("DELETE FROM recovery_code WHERE user_account = ? AND hash = ?")
                .params(user.id(), hash(code))
                .update();
        return used > 0 ? Proof.RECOVERY_CODE : Proof.NONE;
    }

    /**
     * Checks a code of somebody who has signed in and has proved the password, if the account has a second factor.
     *
     * @return whether a recovery code was used
     * @throws LecternException INVALID_REQUEST for a missing or wrong code
     */
    public boolean require(UserAccount user, @Nullable String code) {
        if (user.secondFactor() == null) {
            return false;
        }
        if (code == null || code.isBlank()) {
            throw LecternException.invalid(
                    "code",
                    "This account has a second factor. Send the code that the app shows now, or a recovery code, as"
                            + " `code`.");
        }
        return switch (use(user, code)) {
            case APP -> false;
            case RECOVERY_CODE -> true;
            case NONE ->
                throw LecternException.invalid(
                        "code",
                        "The code is wrong or was used before. Enter the one that the app shows now, or a recovery"
                                + " code.");
        };
    }

    /** Removes the second factor of a person, in the transaction of the caller if there is one. */
    public void remove(UserAccount user) {
        changes.make(() -> {
            UserAccount present = users.find(user.id()).orElseThrow();
            users.replaceSecondFactor(user.id(), present.secondFactor(), null);
            deleteRecoveryCodes(user.id());
        });
    }

    /** The number of recovery codes that are left. */
    public long countRecoveryCodes(String userId) {
        return jdbc.sql("SELECT COUNT(*) FROM recovery_code WHERE user_account = ?")
                .param(userId)
                .query(Long.class)
                .single();
    }

    /** The time step of a valid code, one step to both sides of the present one, after the last that was used. */
    private OptionalLong stepOf(String plain, String code) {
        String digits = code.replace(" ", "");
        long last = Long.parseLong(plain.substring(plain.indexOf(SEPARATOR) + 1));
        SecretKeySpec key = new SecretKeySpec(Base32.decode(secretOf(plain)), generator.getAlgorithm());
        long seconds = generator.getTimeStep().toSeconds();
        long present = clock.instant().getEpochSecond() / seconds;
        for (long step = present - 1; step <= present + 1; step++) {
            if (step > last && isCode(key, Instant.ofEpochSecond(step * seconds), digits)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private boolean isCode(SecretKeySpec key, Instant time, String digits) {
        try {
            String expected = generator.generateOneTimePasswordString(key, time, Locale.ROOT);
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8), digits.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A secret of " + SECRET_BYTES + " bytes is a key", e);
        }
    }

    private void deleteRecoveryCodes(String userId) {
        jdbc.sql("DELETE FROM recovery_code WHERE user_account = ?")
                .param(userId)
                .update();
    }

    private String newRecoveryCode() {
        String text = Base32.toBase32String(randomBytes(RECOVERY_BYTES)).toLowerCase(Locale.ROOT);
        return text.replaceAll("(.{" + RECOVERY_GROUP + "})(?!$)", "$1-");
    }

    private static String hash(String code) {
        return Sha256.hex(code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String secretOf(String plain) {
        return plain.substring(0, plain.indexOf(SEPARATOR));
    }

    private String encrypt(UserAccount user, String plain) {
        return cipher.getObject().encrypt(plain, purpose(user));
    }

    private String decrypt(UserAccount user, String encrypted) {
        return cipher.getObject().decrypt(encrypted, purpose(user));
    }

    private static String purpose(UserAccount user) {
        return "second_factor:" + user.id();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
