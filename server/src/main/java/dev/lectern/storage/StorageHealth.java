package dev.lectern.storage;

import dev.lectern.observability.spi.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the data folder can be written and its disk has room. */
@Component
class StorageHealth implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);
    private static final long LITTLE_ROOM = 500L << 20;
    private static final String FREE = "freeMegabytes";

    private final DataFolder folder;

    StorageHealth(DataFolder folder) {
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
                        "The data folder " + folder.root() + " cannot be written. Check its permissions and the disk.");
            }
            long free = Files.getFileStore(folder.root()).getUsableSpace();
            Map<String, Object> figures = Map.of(FREE, free >> 20);
            return free < LITTLE_ROOM
                    ? new Health(
                            State.WARNING,
                            "The disk of " + folder.root() + " is almost full. Make room, or ingestion will stop.",
                            figures)
                    : new Health(State.UP, "The disk of the data folder has room.", figures);
        } catch (IOException e) {
            LOG.warn("The storage check failed", e);
            return Health.down("The data folder " + folder.root() + " cannot be looked at. The log says why.");
        }
    }
}
