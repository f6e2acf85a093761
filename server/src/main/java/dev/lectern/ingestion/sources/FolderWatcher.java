package dev.lectern.ingestion.sources;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder with everything below it. A change is reported once the folder has been quiet for a while. The regular scan finds what the watcher
 * misses: the system limits the number of watched folders, and network folders report nothing.
 */
final class FolderWatcher implements SourceWatcher {
    private static final Logger log = LoggerFactory.getLogger(FolderWatcher.class);
    private static final int MAX_FOLDERS = 50_000;
    private static final long ROOT_POLL_MILLIS = 5_000;

    private final WatchService watcher;
    private final Path root;
    private final OwnData own;
    private final IgnoreRules rules;
    private final Duration settle;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private boolean started;
    private volatile boolean closed;

    /** @param settle quiet time after a change before it is reported */
    FolderWatcher(Path root, IgnoreRules rules, OwnData own, Duration settle) throws IOException {
        this.watcher = FileSystems.getDefault().newWatchService();
        this.root = root;
        this.rules = rules;
        this.own = own;
        this.settle = settle;
    }

    @Override
    public boolean awaitChange(Duration atMost) throws InterruptedException {
        try {
            if (!started) {
                started = true;
                register(root);
            }
            return folders.containsValue(root) ? awaitEvents(atMost) : awaitRoot(atMost);
        } catch (ClosedWatchServiceException e) {
            folders.clear();
            return false;
        }
    }

    /** A disk may be mounted over a watched folder without an event, so all folders are registered again after {@code atMost}. */
    private boolean awaitEvents(Duration atMost) throws InterruptedException {
        WatchKey key = watcher.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            register(root);
            return true;
        }
        boolean changed = handleEvents(key);
        for (key = pollUntilQuiet(); key != null; key = pollUntilQuiet()) {
            changed |= handleEvents(key);
        }
        return changed;
    }

    private @Nullable WatchKey pollUntilQuiet() throws InterruptedException {
        return watcher.poll(settle.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The root does not exist or cannot be watched: waits until it is back, then registers it again. */
    private boolean awaitRoot(Duration atMost) throws InterruptedException {
        boolean missing = !Files.isDirectory(root);
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end && !(missing && Files.isDirectory(root))) {
            WatchKey below = watcher.poll(Math.min(ROOT_POLL_MILLIS, atMost.toMillis()), TimeUnit.MILLISECONDS);
            if (below != null) {
                handleEvents(below);
            }
        }
        register(root);
        return true;
    }

    private boolean handleEvents(WatchKey key) {
        Path folder = folders.get(key);
        boolean changed = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder == null || !(event.context() instanceof Path name)) {
                changed = true;
                continue;
            }
            Path path = folder.resolve(name);
            boolean isFolder = Files.isDirectory(path);
            String relative = root.relativize(path).toString().replace('\\', '/');
            if (IgnoreRules.isRuleFile(relative)) {
                register(folder);
                changed = true;
            } else if (!rules.isIgnored(relative, isFolder)) {
                changed = true;
                if (isFolder && event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)) {
                    register(path);
                }
            }
        }
        if (!key.reset()) {
            folders.remove(key);
            changed = true;
        }
        return changed;
    }

    private void register(Path from) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    String relative = root.relativize(folder).toString().replace('\\', '/');
                    if (!folder.equals(root)
                            && (own.isOwnFolder(folder, attributes) || rules.isIgnored(relative, true))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    rules.readFolder(relative, folder, FolderWalker.Calls.DIRECT);
                    if (folders.size() >= MAX_FOLDERS) {
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
            log.warn("Not all of {} can be watched; the regular scan finds the changes of the rest", from, e);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        watcher.close();
    }
}
