package dev.lectern.storage.health;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.storage.DataFolder;
import java.nio.file.Files;
import org.springframework.stereotype.Component;

/** Checks that the data folder is writable. Its free space is checked by {@link DiskHealthCheck}. */
@Component
class DataFolderHealthCheck implements HealthCheck {
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
        return Files.isWritable(folder.root())
                ? Health.up("The data folder is writable.")
                : Health.down(
                        "The data folder " + folder.root() + " is not writable. Check its permissions and the disk.");
    }
}
