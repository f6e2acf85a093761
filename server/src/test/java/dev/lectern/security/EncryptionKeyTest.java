package dev.lectern.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.CapturedLog;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultApplicationArguments;

@OnEveryDatabase
@SuppressWarnings("NullAway.Init")
class EncryptionKeyTest {
    private final DatabaseEngine engine;
    private TestDatabase database;
    private UserRepository users;

    @TempDir
    private Path folder;

    EncryptionKeyTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open(@TempDir Path other) {
        database = engine.open(other);
        users = new UserRepository(database.jdbc());
        users.add(new UserAccount(
                "u1", "anna", "Anna", null, false, Role.USER, null, null, null, null, Instant.EPOCH, null, 0));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private EncryptionKey key(String setting) {
        return new EncryptionKey(setting, folder, new EncryptedSecrets(database.jdbc()));
    }

    private void storeSecret(EncryptionKey key) {
        users.replaceSecondFactor("u1", null, new SecretCipher(key).encrypt("secret", "second_factor:u1"));
    }

    @Test
    void lostFile_isNotMadeAnew_whileThereAreSecrets() throws Exception {
        assertThat(key("").findObjection()).isEmpty();
        storeSecret(key(""));
        assertThat(key("").findObjection()).isEmpty();
        assertThat(new SecretCipher(key("")).encrypt("x", "y")).startsWith(SecretCipher.prefixOf(key("").get()));

        Path kept = Files.move(folder.resolve(EncryptionKey.FILE), folder.resolve("kept"));
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> new SecretCipher(key("")).encrypt("x", "y"))
                .satisfies(missing -> {
                    assertThat(missing.getMessage()).contains("encryption-key is missing", "1 secret ");
                    assertThat(missing.clientMessage()).doesNotContain("LECTERN_", "encryption-key");
                });
        assertThat(folder.resolve(EncryptionKey.FILE)).doesNotExist();

        SecretCipher waiting = new SecretCipher(key(""));
        Files.move(kept, folder.resolve(EncryptionKey.FILE));
        assertThat(waiting.decrypt(waiting.encrypt("x", "y"), "y")).isEqualTo("x");
    }

    @Test
    void otherKey_isReportedInLogAndHealth_untilNothingIsEncryptedWithTheFormer() throws Exception {
        storeSecret(key(""));
        EncryptionKeyHealthCheck check = new EncryptionKeyHealthCheck(key("another key of thirty-two characters"));
        try (CapturedLog log = CapturedLog.start()) {
            check.run(new DefaultApplicationArguments());
            assertThat(log.warnings("LECTERN_SECURITY_ENCRYPTION_KEY is another key")).hasSize(1);
        }
        assertThat(check.check().state()).isEqualTo(HealthCheck.State.WARNING);
        assertThat(check.check().sentence()).contains("lectern user remove-second-factor NAME");
        users.replaceSecondFactor("u1", users.find("u1").orElseThrow().secondFactor(), null);
        assertThat(check.check().state()).isEqualTo(HealthCheck.State.UP);
    }
}
