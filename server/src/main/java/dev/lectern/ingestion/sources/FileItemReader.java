package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceConnector.Item;
import dev.lectern.library.FileIdentity;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an item says of its file: size, times and identity, all of one moment. Made for one walk or one question, since file systems are mounted and
 * unmounted. Thread-safe: a call that was given up may still return.
 */
final class FileItemReader {
    private static final String ATTRIBUTES = "unix:isDirectory,size,lastModifiedTime,ctime,creationTime,dev,ino";
    private static final boolean HAS_ATTRIBUTES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private final MountTable mounts;
    /** By device. */
    private final Map<Long, Boolean> stable = new ConcurrentHashMap<>();

    private final Map<Long, Boolean> withBirthTime = new ConcurrentHashMap<>();

    FileItemReader(MountTable mounts) {
        this.mounts = mounts;
    }

    /**
     * Asks the file system.
     *
     * @param path of the item within its source
     * @param file absolute; a folder is possible too, and has a size of 0 then
     * @throws IOException as {@link Files#readAttributes}, such as {@link java.nio.file.NoSuchFileException}
     */
    Item read(String path, Path file, LinkOption... options) throws IOException {
        if (!HAS_ATTRIBUTES) {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, options);
            long bytes = basic.isDirectory() ? 0 : basic.size();
            return new Item(path, bytes, basic.lastModifiedTime().toMillis(), 0, null);
        }
        Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES, options);
        return new Item(
                path,
                Boolean.TRUE.equals(attributes.get("isDirectory")) ? 0 : number(attributes, "size"),
                millis(attributes, "lastModifiedTime"),
                millis(attributes, "ctime"),
                identity(file, attributes));
    }

    private @Nullable FileIdentity identity(Path file, Map<String, Object> attributes) {
        long device = number(attributes, "dev");
        long inode = number(attributes, "ino");
        if (inode == 0 || !isTrue(stable, device, () -> hasStableInodes(file))) {
            return null;
        }
        boolean hasBirthTime = isTrue(withBirthTime, device, () -> BirthTimes.areKeptFor(file));
        return new FileIdentity(device, inode, hasBirthTime ? Math.max(0, millis(attributes, "creationTime")) : 0);
    }

    /** The file system is asked without a lock: it may not answer. */
    private static boolean isTrue(Map<Long, Boolean> known, long device, BooleanSupplier question) {
        Boolean answer = known.get(device);
        if (answer == null) {
            answer = question.getAsBoolean();
            known.put(device, answer);
        }
        return answer;
    }

    private boolean hasStableInodes(Path file) {
        return mounts.find(FolderPath.format(file))
                .map(MountTable.Mount::hasStableInodes)
                .orElse(true);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
    }

    private static long millis(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name))).toMillis();
    }
}
