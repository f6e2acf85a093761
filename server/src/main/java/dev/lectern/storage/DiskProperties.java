package dev.lectern.storage;

import dev.lectern.shared.SettingValidator;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The free space of the data folder and of the folder for temporary files.
 *
 * @param warnBelow Free space of the data folder or of the folder for temporary files below which the part `disk` of /health warns, as 500MB, 0 to 1024TB.
 * @param pauseBelow Free space of the data folder or of the folder for temporary files below which uploads get 507 and no further documents are read, as 50MB,
 *     0 to LECTERN_STORAGE_WARN_BELOW. The work goes on by itself when there is room again.
 */
@ConfigurationProperties("lectern.storage")
record DiskProperties(
        @DefaultValue("500MB") DataSize warnBelow,
        @DefaultValue("50MB") DataSize pauseBelow) {
    private static final long MAX_BYTES = 1L << 50;

    DiskProperties {
        SettingValidator.of("lectern.storage")
                .requireSize("warn-below", warnBelow.toBytes(), 0, MAX_BYTES)
                .requireSize("pause-below", pauseBelow.toBytes(), 0, warnBelow.toBytes());
    }
}
