package dev.lectern.library.originals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** A cache of originals as files, with a maximum size and eviction of the least recently used. It is empty at the start of a process. Thread-safe. */
final class OriginalFileCache {
    private final Path root;
    private final long maxBytes;
    private final Map<String, Long> used = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private boolean cleared;

    OriginalFileCache(Path root, long maxBytes) {
        this.root = root;
        this.maxBytes = maxBytes;
    }

    Path file(String hash) {
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    /** Whether the file is cached; it becomes the most recently used. */
    synchronized boolean touch(String hash) {
        return used.get(hash) != null;
    }

    /** Moves a file into the cache and evicts others, but never this one, until the maximum size holds. */
    synchronized void add(String hash, Path from, long size) {
        if (used.get(hash) != null) {
            return;
        }
        try {
            clearOnce();
            Files.createDirectories(file(hash).getParent());
            Files.move(from, file(hash), StandardCopyOption.ATOMIC_MOVE);
            used.put(hash, size);
            bytes += size;
            evictOldest(hash);
        } catch (IOException e) {
            throw TemporaryFiles.notWritable(e);
        }
    }

    private void evictOldest(String newest) throws IOException {
        Iterator<Map.Entry<String, Long>> oldest = used.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            Map.Entry<String, Long> copy = oldest.next();
            if (!copy.getKey().equals(newest)) {
                bytes -= copy.getValue();
                Files.deleteIfExists(file(copy.getKey()));
                oldest.remove();
            }
        }
    }

    synchronized void remove(String hash) {
        Long size = used.remove(hash);
        if (size != null) {
            bytes -= size;
            try {
                Files.deleteIfExists(file(hash));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Deletes the files of an earlier process, since their originals may have been deleted meanwhile. */
    private void clearOnce() throws IOException {
        if (!cleared) {
            FileSystemUtils.deleteRecursively(root);
            cleared = true;
        }
    }
}
