package dev.lectern.library.originals.s3;

import dev.lectern.library.originals.Incoming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The copies that were used last, of a bounded number of bytes. A process begins with none. Thread-safe. */
final class Copies {
    private final Path root;
    private final long most;
    private final Map<String, Long> used = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private boolean begun;

    Copies(Path root, long most) {
        this.root = root;
        this.most = most;
    }

    Path file(String hash) {
        return root.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    /** Whether there is one; it is the last to go now. */
    synchronized boolean use(String hash) {
        return used.get(hash) != null;
    }

    /** Takes the file; others go until there is room, but never this one. */
    synchronized void add(String hash, Path from, long size) {
        if (used.get(hash) != null) {
            return;
        }
        try {
            begin();
            Files.createDirectories(file(hash).getParent());
            Files.move(from, file(hash), StandardCopyOption.ATOMIC_MOVE);
            used.put(hash, size);
            bytes += size;
            makeRoom(hash);
        } catch (IOException e) {
            throw Incoming.full(e);
        }
    }

    private void makeRoom(String newest) throws IOException {
        Iterator<Map.Entry<String, Long>> oldest = used.entrySet().iterator();
        while (bytes > most && oldest.hasNext()) {
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

    /** What an earlier process left is of no use: nobody knows what was deleted since. */
    private void begin() throws IOException {
        if (!begun) {
            FileSystemUtils.deleteRecursively(root);
            begun = true;
        }
    }
}
