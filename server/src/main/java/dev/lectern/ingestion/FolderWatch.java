package dev.lectern.ingestion;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder with everything below it and says so when it has changed and been quiet for a while. What it misses (the system has a limit of watched
 * folders, and network folders tell nothing) the regular scan finds.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    private static final int MOST_FOLDERS = 50_000;
    private static final long LOOK_FOR_ROOT_MILLIS = 5_000;

    private final WatchService watcher;
    private final Path root;
    private final Rules rulesOf;
    private final Duration settle;
    private final Duration regularly;
    private final Runnable changed;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private IgnoreRules rules;

    /** Reads the rules of the folder as they are now. */
    interface Rules {
        IgnoreRules read() throws IOException;
    }

    /** @param changed is run after changes, and at every {@code regularly} */
    FolderWatch(Path root, Rules rules, Duration settle, Duration regularly, Runnable changed) throws IOException {
        this.watcher = FileSystems.getDefault().newWatchService();
        this.root = root;
        this.rulesOf = rules;
        this.rules = rules.read();
        this.settle = settle;
        this.regularly = regularly;
        this.changed = changed;
    }

    /** Watches until it is closed. */
    void run() {
        register(root);
        AtomicBoolean closed = new AtomicBoolean();
        Persistent.run("Watching a folder", closed::get, () -> {
            try {
                if (folders.containsValue(root) ? changed() : returned()) {
                    changed.run();
                }
            } catch (ClosedWatchServiceException stop) {
                closed.set(true);
                folders.clear();
            }
        });
    }

    /** Waits for changes and for the quiet after them. A disk may be mounted over a watched folder unnoticed, hence the second look at all of them. */
    private boolean changed() throws InterruptedException {
        WatchKey key = watcher.poll(regularly.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            register(root);
            return true;
        }
        boolean news = take(key);
        for (key = next(); key != null; key = next()) {
            news |= take(key);
        }
        return news;
    }

    private @Nullable WatchKey next() throws InterruptedException {
        return watcher.poll(settle.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The root is not there, or cannot be watched: looks for it again after a while. */
    private boolean returned() throws InterruptedException {
        boolean away = !Files.isDirectory(root);
        long end = System.nanoTime() + regularly.toNanos();
        while (System.nanoTime() < end && !(away && Files.isDirectory(root))) {
            WatchKey below = watcher.poll(Math.min(LOOK_FOR_ROOT_MILLIS, regularly.toMillis()), TimeUnit.MILLISECONDS);
            if (below != null) {
                take(below);
            }
        }
        reload();
        register(root);
        return true;
    }

    private void reload() {
        try {
            rules = rulesOf.read();
        } catch (IOException | RuntimeException e) {
            log.warn("The rules of {} cannot be read; the earlier ones hold", root, e);
        }
    }

    private boolean take(WatchKey key) {
        Path folder = folders.get(key);
        boolean news = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder == null || !(event.context() instanceof Path name)) {
                news = true;
                continue;
            }
            Path path = folder.resolve(name);
            boolean isFolder = Files.isDirectory(path);
            String relative = root.relativize(path).toString().replace('\\', '/');
            if (relative.equals(IgnoreRules.FILE)) {
                reload();
                register(root);
                news = true;
            } else if (!rules.ignored(relative, isFolder)) {
                news = true;
                if (isFolder && event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)) {
                    register(path);
                }
            }
        }
        if (!key.reset()) {
            folders.remove(key);
            news = true;
        }
        return news;
    }

    private void register(Path from) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    String relative = root.relativize(folder).toString().replace('\\', '/');
                    if (!folder.equals(root) && rules.ignored(relative, true)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (folders.size() >= MOST_FOLDERS) {
                        return FileVisitResult.TERMINATE;
                    }
                    folders.put(
                            folder.register(
                                    watcher,
                                    StandardWatchEventKinds.ENTRY_CREATE,
                                    StandardWatchEventKinds.ENTRY_DELETE,
                                    StandardWatchEventKinds.ENTRY_MODIFY),
                            folder);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.warn("Not all of {} can be watched; it is scanned every {} as well", from, regularly, e);
        }
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
