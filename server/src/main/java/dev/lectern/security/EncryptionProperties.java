package dev.lectern.security;

import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The key of secrets in the database.
 *
 * @param encryptionKey Key that secrets in the database are encrypted with, such as those of second factors, of 32 to 1024 visible ASCII characters. Without it, the file
 *     encryption-key in the data folder has one; nodes that share a database need the same key. Secrets that were encrypted with another key have to be entered again.
 */
@ConfigurationProperties("lectern.security")
record EncryptionProperties(@DefaultValue("") Secret encryptionKey) {
    private static final int MIN_LENGTH = 32;
    private static final int MAX_LENGTH = 1_024;

    EncryptionProperties {
        int length = encryptionKey.reveal().length();
        SettingValidator.of("lectern.security")
                .requireKey("encryption-key", encryptionKey)
                .require(
                        "encryption-key",
                        "",
                        length == 0 || (length >= MIN_LENGTH && length <= MAX_LENGTH),
                        MIN_LENGTH + " to " + MAX_LENGTH
                                + " visible ASCII characters, such as the output of openssl rand -base64 32");
    }
}
