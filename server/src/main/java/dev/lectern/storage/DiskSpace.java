package dev.lectern.storage;

import dev.lectern.shared.DiskFull;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The free space of the disks that this node writes to. Thread-safe. */
public final class DiskSpace {
    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);

    /** Reads the free space of the disk of a folder, in bytes. Tests let it vary. */
    @FunctionalInterface
    interface FreeSpaceReader {
        long usableBytes(Path folder) throws IOException;
    }

    /**
     * A folder with the free space of its disk.
     *
     * @param name for people, such as {@code the data folder}
     */
    public record Free(String name, Path folder, long bytes) {
        public long megabytes() {
            return bytes >> 20;
        }

        /** Its disk in words, with the folder. */
        public String disk() {
            return "the disk of " + name + " (" + folder + ")";
        }
    }

    private final Path data;
    private final Path temporary;
    private final FreeSpaceReader reader;
    private final long warnBelow;
    private final long pauseBelow;

    DiskSpace(Path data, Path temporary, FreeSpaceReader reader, DiskProperties properties) {
        this.data = data;
        this.temporary = temporary;
        this.reader = reader;
        this.warnBelow = properties.warnBelow().toBytes();
        this.pauseBelow = properties.pauseBelow().toBytes();
    }

    /** @throws IOException when it cannot be read */
    public Free ofData() throws IOException {
        return new Free("the data folder", data, reader.usableBytes(data));
    }

    /** The folder for temporary files, where uploads arrive. @throws IOException when it cannot be read */
    public Free ofTemporary() throws IOException {
        return new Free("the folder for temporary files", temporary, reader.usableBytes(temporary));
    }

    public boolean isLow(Free free) {
        return free.bytes() < warnBelow;
    }

    public boolean isFull(Free free) {
        return free.bytes() < pauseBelow;
    }

    /** A disk without room for more documents; empty when both have room, or when their free space cannot be read. */
    public Optional<Free> findFull() {
        try {
            Free free = ofData();
            if (isFull(free)) {
                return Optional.of(free);
            }
            return Optional.of(ofTemporary()).filter(this::isFull);
        } catch (IOException e) {
            log.debug("The free space cannot be read; a write will show whether there is room", e);
            return Optional.empty();
        }
    }

    /** @throws LecternException STORAGE_FULL when there is no room for more documents */
    public void requireRoom() {
        findFull().ifPresent(full -> {
            throw DiskFull.exception(full.disk(), null);
        });
    }
}
