package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Primary;

/** The events of the operating system, with limits that the test sets, told by the exceptions of the Java platform. */
@Primary
class FakeFolderEventSystem implements FolderEventSystem {
    final AtomicInteger opened = new AtomicInteger();
    final Set<Path> registered = ConcurrentHashMap.newKeySet();
    volatile boolean instancesUsedUp;
    volatile int watches = Integer.MAX_VALUE;
    /** Registering this folder waits for the latch. */
    volatile @Nullable Path hanging;

    final CountDownLatch answer = new CountDownLatch(1);

    private final FolderEventSystem platform = new FolderEventSystem.Platform();

    @Override
    public WatchService open() throws IOException {
        if (instancesUsedUp) {
            throw new IOException("User limit of inotify instances reached or too many open files");
        }
        opened.incrementAndGet();
        return platform.open();
    }

    @Override
    public WatchKey register(WatchService service, Path folder) throws IOException {
        if (folder.equals(hanging)) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                // A call of a file system that hangs is not ended by an interrupt.
                awaitUninterruptibly();
            }
        }
        if (registered.size() >= watches && !registered.contains(folder)) {
            throw new IOException("User limit of inotify watches reached");
        }
        WatchKey key = platform.register(service, folder);
        registered.add(folder);
        return key;
    }

    private void awaitUninterruptibly() {
        boolean interrupted = true;
        while (interrupted) {
            try {
                answer.await();
                interrupted = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Thread.currentThread().interrupt();
    }
}
