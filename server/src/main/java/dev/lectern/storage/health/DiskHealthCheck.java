package dev.lectern.storage.health;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.storage.DiskSpace;
import dev.lectern.storage.DiskSpace.Free;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reports the free space of the data folder and of the folder for temporary files. */
@Component
class DiskHealthCheck implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(DiskHealthCheck.class);

    private final DiskSpace disk;

    DiskHealthCheck(DiskSpace disk) {
        this.disk = disk;
    }

    @Override
    public String name() {
        return "disk";
    }

    /** On a full disk, everything that is stored can still be read and searched. */
    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        try {
            Free data = disk.ofData();
            Free temporary = disk.ofTemporary();
            Map<String, Object> figures =
                    Map.of("freeMegabytes", data.megabytes(), "freeTemporaryMegabytes", temporary.megabytes());
            for (Free free : List.of(data, temporary)) {
                if (disk.isFull(free)) {
                    return new Health(
                            State.DOWN,
                            "Only " + free.megabytes() + " MB are free on " + free.disk()
                                    + ". Free some space: uploads get 507 and no documents are read until then;"
                                    + " questions and searches go on.",
                            figures);
                }
            }
            for (Free free : List.of(data, temporary)) {
                if (disk.isLow(free)) {
                    return new Health(
                            State.WARNING,
                            "Only " + free.megabytes() + " MB are free on " + free.disk()
                                    + ". Free some space before no more documents can be stored.",
                            figures);
                }
            }
            return new Health(State.UP, "The disks have enough free space.", figures);
        } catch (IOException e) {
            log.warn("The free space of the disks could not be read", e);
            return Health.warning("The free space of the disks could not be read. See the log for the cause.");
        }
    }
}
