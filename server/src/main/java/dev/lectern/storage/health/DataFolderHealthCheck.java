package dev.lectern.storage.health;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.storage.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Checks that the data folder is writable and its disk has space. */
@Component
class DataFolderHealthCheck implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(DataFolderHealthCheck.class);
    private static final long MIN_FREE_BYTES = 500L << 20;
    private static final String FREE = "freeMegabytes";

    private final DataFolder folder;

    DataFolderHealthCheck(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return true;
    }

    @Override
    public Health check() {
        try {
            if (!Files.isWritable(folder.root())) {
                return Health.down(
                        "The data folder " + folder.root() + " is not writable. Check its permissions and the disk.");
            }
            long free = Files.getFileStore(folder.root()).getUsableSpace();
            Map<String, Object> figures = Map.of(FREE, free >> 20);
            return free < MIN_FREE_BYTES
                    ? new Health(
                            State.WARNING,
                            "The disk of " + folder.root()
                                    + " is almost full. Free some space, or ingestion will stop.",
                            figures)
                    : new Health(State.UP, "The disk of the data folder has enough free space.", figures);
        } catch (IOException e) {
            log.warn("The health check of the data folder failed", e);
            return Health.down(
                    "The data folder " + folder.root() + " could not be checked. See the log for the cause.");
        }
    }
}
