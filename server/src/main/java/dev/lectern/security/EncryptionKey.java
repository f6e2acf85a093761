package dev.lectern.security;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key that secrets in the database are encrypted with: of the setting, or else of the file in the data folder. The file is made when a secret is first encrypted,
 * as an installation without any needs no key, but never while there are secrets that it could not read. Thread-safe.
 */
@Component
public class EncryptionKey implements Supplier<String> {
    static final String FILE = "encryption-key";
    private static final String NONE = "none";

    private final String setting;
    private final KeyFile file;
    private final EncryptedSecrets secrets;

    @Autowired
    EncryptionKey(EncryptionProperties properties, DataFolder folder, EncryptedSecrets secrets) {
        this(properties.encryptionKey().reveal(), folder.root(), secrets);
    }

    /** @param setting empty for the file */
    EncryptionKey(String setting, Path dataFolder, EncryptedSecrets secrets) {
        this.setting = setting;
        this.file = new KeyFile(dataFolder, FILE);
        this.secrets = secrets;
    }

    /**
     * The key.
     *
     * @throws LecternException INTERNAL, for the operator, when the file is missing although there are secrets
     */
    @Override
    public String get() {
        try {
            Optional<String> present = find();
            if (present.isPresent()) {
                return present.get();
            }
            Optional<String> objection = findObjection();
            if (objection.isPresent()) {
                throw LecternException.forOperator(
                        ErrorCode.INTERNAL,
                        "The key of the secrets in the database is missing.",
                        objection.get(),
                        null);
            }
            return file.readOrCreate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> find() throws IOException {
        return setting.isEmpty() ? file.readIfPresent() : Optional.of(setting);
    }

    /** What is wrong with the key and what to do, for the operator, if there are secrets that it cannot read. */
    Optional<String> findObjection() {
        try {
            Optional<String> key = find();
            long unreadable = secrets.countOthers(key.map(SecretCipher::prefixOf).orElse(NONE));
            return unreadable == 0 ? Optional.empty() : Optional.of(describe(unreadable, key.isPresent()));
        } catch (IOException e) {
            return Optional.of("The file " + FILE + " in the data folder cannot be read. Check its permissions.");
        }
    }

    /**
     * The same of a server that is not started.
     *
     * @param setting LECTERN_SECURITY_ENCRYPTION_KEY; empty for the file
     */
    public static Optional<String> findObjection(String setting, Path dataFolder, JdbcClient jdbc) {
        return new EncryptionKey(setting, dataFolder, new EncryptedSecrets(jdbc)).findObjection();
    }

    private String describe(long unreadable, boolean isPresent) {
        String cause = !setting.isEmpty()
                ? "LECTERN_SECURITY_ENCRYPTION_KEY is another key than they were encrypted with"
                : isPresent
                        ? "the file " + FILE + " in the data folder has another key than they were encrypted with"
                        : "the file " + FILE + " is missing in the data folder";
        return unreadable + (unreadable == 1 ? " secret" : " secrets")
                + " in the database (second factors, sessions of the identity provider) cannot be read: " + cause
                + ". Put the former key back, from a backup or another node, and start the server again. If it is lost,"
                + " people sign in with a recovery code and set up their second factor anew; for those without one run"
                + " lectern user remove-second-factor NAME.";
    }
}
