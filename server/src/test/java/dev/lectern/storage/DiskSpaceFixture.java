package dev.lectern.storage;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.unit.DataSize;

/** Two disks whose free space the test decides: it warns below 500 MB and pauses below 50 MB. */
public final class DiskSpaceFixture {
    public static final Path DATA = Path.of("/data");
    public static final Path TEMPORARY = Path.of("/temporary");

    private final Map<Path, Long> free = new ConcurrentHashMap<>();

    public DiskSpace open() {
        return new DiskSpace(
                DATA,
                TEMPORARY,
                path -> free.getOrDefault(path, 0L),
                new DiskProperties(DataSize.ofMegabytes(500), DataSize.ofMegabytes(50)));
    }

    /** In megabytes. */
    public void set(long data, long temporary) {
        free.put(DATA, data << 20);
        free.put(TEMPORARY, temporary << 20);
    }
}
