package dev.lectern.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.LecternException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCipherTest {
    private final SecretCipher cipher = new SecretCipher("a key of at least thirty-two characters");

    @Test
    void secret_isReadAgain_forItsPurposeAlone() {
        String encrypted = cipher.encrypt("GEZDGNBV grüße", "second_factor:anna");
        assertThat(encrypted).startsWith("v1:").doesNotContain("GEZDGNBV");
        assertThat(cipher.encrypt("GEZDGNBV grüße", "second_factor:anna")).isNotEqualTo(encrypted);
        assertThat(cipher.decrypt(encrypted, "second_factor:anna")).isEqualTo("GEZDGNBV grüße");
        assertThatThrownBy(() -> cipher.decrypt(encrypted, "second_factor:bert"))
                .hasMessageContaining("belongs to");
    }

    @Test
    void changedTextsAndOtherKeys_areRefused_withWhatToDo() {
        String encrypted = cipher.encrypt("secret", "purpose");
        String changed =
                encrypted.substring(0, encrypted.length() - 4) + (encrypted.endsWith("AAA=") ? "BBB=" : "AAA=");
        for (String malformed : new String[] {
            changed, "v1:x", "", "v2" + encrypted.substring(2), encrypted + "!", encrypted.substring(0, 14)
        }) {
            assertThatThrownBy(() -> cipher.decrypt(malformed, "purpose")).isInstanceOf(LecternException.class);
        }
        assertThatThrownBy(() -> new SecretCipher("another key of thirty-two characters").decrypt(encrypted, "purpose"))
                .isInstanceOfSatisfying(LecternException.class, refusal -> {
                    assertThat(refusal.getMessage()).contains("another key", "LECTERN_SECURITY_ENCRYPTION_KEY");
                    assertThat(refusal.clientMessage()).doesNotContain("LECTERN_");
                });
    }

    @Test
    void keyFile_isForItsOwnerAlone_andKept(@TempDir Path folder) throws Exception {
        String key = new KeyFile(folder, "encryption-key").readOrCreate();
        assertThat(key).hasSizeGreaterThanOrEqualTo(43);
        assertThat(new KeyFile(folder, "encryption-key").readOrCreate()).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("encryption-key"))))
                .isEqualTo("rw-------");
    }
}
