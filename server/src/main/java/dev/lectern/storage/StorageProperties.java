package dev.lectern.storage;

import dev.lectern.shared.SettingValidator;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The data folder.
 *
 * @param data Folder of all local state; created when it is missing. Only one process at a time can use it.
 */
@ConfigurationProperties("lectern")
record StorageProperties(@DefaultValue("lectern-data") Path data) {
    StorageProperties {
        SettingValidator.of("lectern")
                .require("data", data, !data.toString().isBlank(), "a folder, such as /var/lib/lectern");
    }
}
