package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The free space of the data folder and of the folder for temporary files.
 *
 * @param warnBelow Free space of the data folder or of the folder for temporary files below which the part `disk` of /health warns, as 500MB.
 * @param pauseBelow Free space of the data folder or of the folder for temporary files below which uploads get 507 and no further documents are read, as 50MB,
 *     0 to LECTERN_STORAGE_WARN_BELOW. The work goes on by itself when there is room again.
 */
@ConfigurationProperties("lectern.storage")
record DiskProperties(
        @DefaultValue("500MB") DataSize warnBelow,
        @DefaultValue("50MB") DataSize pauseBelow) {
    DiskProperties {
        if (pauseBelow.isNegative() || pauseBelow.compareTo(warnBelow) > 0) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_STORAGE_PAUSE_BELOW takes 0 to LECTERN_STORAGE_WARN_BELOW, which is "
                            + warnBelow.toMegabytes() + "MB. Lower it, or raise the other.");
        }
    }
}
