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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder with everything below it and says so when it has changed and been quiet for a while. What it misses (the system has a limit of watched
 * folders, and network folders tell nothing) the regular scan finds.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    private static final int MOST_FOLDERS = 50_000;

    private final WatchService watcher;
    private final Path root;
    private final IgnoreRules rules;
    private final Duration settle;
    private final Duration regularly;
    private final Runnable changed;
    private final Map<WatchKey, Path> folders = new HashMap<>();

    /** @param changed is run after changes, and at every {@code regularly} */
    FolderWatch(Path root, IgnoreRules rules, Duration settle, Duration regularly, Runnable changed)
            throws IOException {
        this.watcher = FileSystems.getDefault().newWatchService();
        this.root = root;
        this.rules = rules;
        this.settle = settle;
        this.regularly = regularly;
        this.changed = changed;
    }

    /** Watches until it is closed. */
    void run() {
        try {
            register(root);
            while (true) {
                WatchKey key = watcher.poll(regularly.toMillis(), TimeUnit.MILLISECONDS);
                boolean news = key == null || take(key);
                while (key != null) {
                    key = watcher.poll(settle.toMillis(), TimeUnit.MILLISECONDS);
                    news |= key != null && take(key);
                }
                if (news) {
                    changed.run();
                }
            }
        } catch (ClosedWatchServiceException stop) {
            folders.clear();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
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
            if (relative.equals(IgnoreRules.FILE) || !rules.ignored(relative, isFolder)) {
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
