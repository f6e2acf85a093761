package dev.lectern.storage;

import dev.lectern.observability.spi.HealthPart;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Whether the database answers and the disk has room. */
@Component
class StorageHealth implements HealthPart {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);
    private static final long LITTLE_ROOM = 500L << 20;
    private static final String FREE = "freeMegabytes";

    private final DataFolder folder;
    private final DataSource database;

    StorageHealth(DataFolder folder, DataSource database) {
        this.folder = folder;
        this.database = database;
    }

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public boolean neededToBeReady() {
        return true;
    }

    @Override
    public Health check() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            long free = Files.getFileStore(folder.root()).getUsableSpace();
            Map<String, Object> figures = Map.of(FREE, free >> 20);
            return free < LITTLE_ROOM
                    ? new Health(
                            State.WARNING,
                            "The disk of " + folder.root() + " is almost full. Make room, or ingestion will stop.",
                            figures)
                    : new Health(State.UP, "The database answers and the disk has room.", figures);
        } catch (SQLException | IOException e) {
            LOG.warn("The storage check failed", e);
            return Health.down("The database in " + folder.root() + " cannot be read. The log says why.");
        }
    }
}
