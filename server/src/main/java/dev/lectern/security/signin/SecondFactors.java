package dev.lectern.security.signin;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.lectern.security.SecretCipher;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * One-time passwords of an authenticator app (RFC 6238: six digits, 30 s, SHA-256; SHA-1 for an app that computes nothing else), and ten codes for who has lost it. Each
 * code works once. The database has the secret encrypted and of the recovery codes a hash. Thread-safe.
 */
@Component
public class SecondFactors {
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final int RECOVERY_GROUP = 4;
    private static final String ISSUER = "Lectern";
    private static final Duration TIME_STEP = Duration.ofSeconds(30);
    private static final int DIGITS_OF_CODE = 6;
    private static final char SEPARATOR = ':';
    /** Before a stored secret whose app uses SHA-256. */
    private static final String SHA_256 = "sha256-";

    private static final Pattern DIGITS = Pattern.compile("\\d{6}");
    private static final Logger log = LoggerFactory.getLogger(SecondFactors.class);

    private final UserRepository users;
    private final ObjectProvider<SecretCipher> cipher;
    private final JdbcClient jdbc;
    private final AccessChanges changes;
    private final InstantSource clock;
    private final TimeBasedOneTimePasswordGenerator sha256 = new TimeBasedOneTimePasswordGenerator(
            TIME_STEP, DIGITS_OF_CODE, TimeBasedOneTimePasswordGenerator.TOTP_ALGORITHM_HMAC_SHA256);
    private final TimeBasedOneTimePasswordGenerator sha1 =
            new TimeBasedOneTimePasswordGenerator(TIME_STEP, DIGITS_OF_CODE);
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
        String uri = "otpauth://totp/" + ISSUER + ":" + encode(user.name()) + "?secret=" + secret + "&issuer=" + ISSUER
                + "&algorithm=SHA256";
        return new NewSecret(secret, uri, encrypt(user, secret + SEPARATOR + 0));
    }

    /**
     * Puts a secret in use, if the person proves to have it.
     *
     * @return the recovery codes, which are shown once
     * @throws LecternException INVALID_REQUEST for a wrong code
     */
    public List<String> confirm(UserAccount user, String encrypted, String code) {
        String created = secretOf(decrypt(user, encrypted));
        // Some apps ignore the algorithm of the address and use SHA-1. The first code says which.
        String secret = stepOf(SHA_256 + created + SEPARATOR + 0, code).isPresent() ? SHA_256 + created : created;
        OptionalLong step = stepOf(secret + SEPARATOR + 0, code);
        if (step.isEmpty()) {
            throw LecternException.invalid(
                    "code",
                    "The code is wrong. Enter the six digits that the app shows now, and check that the clock of the"
                            + " phone is right.");
        }
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
        if (DIGITS.matcher(code.replace(" ", "")).matches()) {
            return useApp(user, code);
        }
        // Needs no key: who has lost the app, or the server its key, still gets in.
        int used = jdbc.sql("DELETE FROM recovery_code WHERE user_account = ? AND hash = ?")
                .params(user.id(), hash(code))
                .update();
        return used > 0 ? Proof.RECOVERY_CODE : Proof.NONE;
    }

    private Proof useApp(UserAccount user, String code) {
        String former = Objects.requireNonNull(user.secondFactor());
        String plain = decrypt(user, former);
        OptionalLong step = stepOf(plain, code);
        if (step.isEmpty()) {
            return Proof.NONE;
        }
        String next = encrypt(user, secretOf(plain) + SEPARATOR + step.getAsLong());
        return users.replaceSecondFactor(user.id(), former, next) ? Proof.APP : Proof.NONE;
    }

    /**
     * Checks the code of somebody who has signed in, if the account has a second factor, as {@link #use} does.
     *
     * @return whether a recovery code was used
     * @throws LecternException INVALID_REQUEST if the code is missing or wrong
     */
    public boolean require(UserAccount user, String field, @Nullable String code) {
        if (user.secondFactor() == null) {
            return false;
        }
        Proof proof = code == null || code.isBlank() ? Proof.NONE : use(user, code);
        if (proof == Proof.NONE) {
            throw LecternException.invalid(
                    field,
                    code == null || code.isBlank()
                            ? "This account has a second factor. Enter the code that the app shows now, or a recovery code."
                            : "The code is wrong or was used before. Enter the one that the app shows now, or a recovery code.");
        }
        return proof == Proof.RECOVERY_CODE;
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
        String secret = secretOf(plain);
        boolean isSha256 = secret.startsWith(SHA_256);
        TimeBasedOneTimePasswordGenerator generator = isSha256 ? sha256 : sha1;
        SecretKeySpec key = new SecretKeySpec(
                Base32.decode(isSha256 ? secret.substring(SHA_256.length()) : secret), generator.getAlgorithm());
        long seconds = TIME_STEP.toSeconds();
        long present = clock.instant().getEpochSecond() / seconds;
        for (long step = present - 1; step <= present + 1; step++) {
            if (step > last && isCode(generator, key, Instant.ofEpochSecond(step * seconds), digits)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private static boolean isCode(
            TimeBasedOneTimePasswordGenerator generator, SecretKeySpec key, Instant time, String digits) {
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
        try {
            return cipher.getObject().encrypt(plain, purpose(user));
        } catch (LecternException unusable) {
            throw unavailable(unusable);
        }
    }

    private String decrypt(UserAccount user, String encrypted) {
        try {
            return cipher.getObject().decrypt(encrypted, purpose(user));
        } catch (LecternException unusable) {
            throw unavailable(unusable);
        }
    }

    private static LecternException unavailable(LecternException cause) {
        log.warn("A second factor cannot be used: {}", cause.getMessage());
        return LecternException.withClientMessage(
                ErrorCode.SIGN_IN_UNAVAILABLE,
                String.valueOf(cause.getMessage()),
                "Codes of apps cannot be checked now, because the server cannot read its secrets. Enter one of your recovery"
                        + " codes, or ask the operator of this server.",
                cause);
    }

    private static String purpose(UserAccount user) {
        return "second_factor:" + user.id();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
