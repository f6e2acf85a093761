package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.sources.FolderThreads.Silence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The only way to the file systems of folders. A network share, a disk or a mount that does not answer keeps the thread that asks it, and nothing can free that
 * thread. So every call runs on a thread of its folder, of which there are at most {@value FolderThreads#MAX_THREADS}, and whoever asks waits for a limited
 * time without progress ({@code LECTERN_INGESTION_FILE_TIME}). What did not answer is refused at once until it does again. Thread-safe.
 */
@Component
class FolderAccess {
    /** How long a quick question waits, and how long a scan may wait before others take its place. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(2);

    private static final Duration TURN_POLL = Duration.ofMillis(50);
    private static final int MANY_READINGS = 100;

    private final Duration deadline;
    private final InstantSource clock;
    private final Consumer<Path> observer;
    private final Map<Path, FolderThreads> folders = new ConcurrentHashMap<>();
    private final Map<Thread, FolderCall<?>> awaited = new ConcurrentHashMap<>();
    /** Calls that open or read a file; some of those that have returned are still here. */
    private final Map<Path, FolderCall<?>> reading = new HashMap<>();

    private volatile boolean stopped;

    @Autowired
    FolderAccess(IngestionProperties properties, InstantSource clock) {
        this(properties.fileTime(), clock, path -> {});
    }

    /** @param observer told on the folder's thread before each call of the file system */
    FolderAccess(Duration deadline, InstantSource clock, Consumer<Path> observer) {
        this.deadline = deadline;
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Carries out an operation on a thread of the folder and waits for it.
     *
     * @param folder of the source
     * @param path what the operation is about: the folder itself, or something in it
     * @throws NotRespondingException when the path, or what the operation told as its last step, does not answer, but the rest of the folder does
     * @throws FolderNotRespondingException when the folder does not respond
     * @throws CancellationException after {@link #cancelCall}, when the waiting thread is interrupted, and while the server stops
     * @throws IOException of the operation
     */
    <T> T call(Path folder, Path path, FolderOperation<T> operation) throws IOException {
        return await(folder, threads(folder).start(path, operation));
    }

    private <T> T await(Path folder, FolderCall<T> call) throws IOException {
        Thread caller = Thread.currentThread();
        awaited.put(caller, call);
        try {
            if (stopped) {
                call.cancel();
                throw new CancellationException("The server stops, so " + call.path() + " is not waited for");
            }
            return threads(folder).await(call);
        } finally {
            awaited.remove(caller);
        }
    }

    /**
     * As {@link #call} for opening or reading a file, which no two threads do at the same time, whichever sources they read it for: beside a call that hangs,
     * another one may hang in the kernel where nothing can end it, so that the process cannot end either.
     */
    <T> T callAlone(Path folder, Path file, FolderOperation<T> operation) throws IOException {
        FolderCall<Boolean> turn = new FolderCall<>(file, progress -> true, observer);
        Thread caller = Thread.currentThread();
        FolderCall<T> call = startAlone(folder, file, operation);
        while (call == null) {
            awaited.put(caller, turn);
            try {
                if (stopped) {
                    turn.cancel();
                }
                turn.await(turn.silentNanos() + TURN_POLL.toNanos());
            } catch (TimeoutException notYet) {
                call = startAlone(folder, file, operation);
            } finally {
                awaited.remove(caller);
            }
        }
        try {
            return await(folder, call);
        } finally {
            removeReturned(file);
        }
    }

    /** Null while another call about the file runs. */
    private synchronized <T> @Nullable FolderCall<T> startAlone(Path folder, Path file, FolderOperation<T> operation)
            throws NotRespondingException {
        FolderCall<?> other = reading.get(file);
        if (other != null && !other.isFinished()) {
            threads(folder).refuseLate(other);
            return null;
        }
        FolderCall<T> call = threads(folder).start(file, operation);
        reading.put(file, call);
        return call;
    }

    private synchronized void removeReturned(Path file) {
        reading.computeIfPresent(file, (key, call) -> call.isFinished() ? null : call);
        if (reading.size() > MANY_READINGS) {
            reading.values().removeIf(FolderCall::isFinished);
        }
    }

    /**
     * Opens a file. Each chunk that is read has the whole deadline.
     *
     * @param opener runs on a thread of the folder
     * @throws IOException as for {@link #call}; the stream throws the same
     */
    InputStream open(Path folder, Path file, FolderOperation<InputStream> opener) throws IOException {
        return FolderInputStream.open(this, folder, file, opener);
    }

    /** Whether the folder is there and answers quickly. A folder whose answer is late counts as absent, until the answer comes. */
    boolean isDirectory(Path folder) {
        return ask(folder, progress -> Files.isDirectory(folder)).orElse(false);
    }

    /** Whether the folder answers quickly, be it that it is not there. */
    boolean isAnswering(Path folder) {
        return ask(folder, progress -> Files.isDirectory(folder)).isPresent();
    }

    private Optional<Boolean> ask(Path folder, FolderOperation<Boolean> question) {
        FolderThreads threads = threads(folder);
        // Another call would only hang beside the one that does.
        if (stopped || threads.isStalled(SHORT_WAIT.dividedBy(2))) {
            return Optional.empty();
        }
        try {
            FolderCall<Boolean> call = threads.start(folder, question);
            return Optional.of(call.await(Math.min(SHORT_WAIT.toNanos(), deadline.toNanos())));
        } catch (IOException | FolderNotRespondingException | TimeoutException | CancellationException e) {
            return Optional.empty();
        }
    }

    /** Runs an operation whose result nobody waits for, such as closing a file. */
    void startUnwatched(Path folder, Path path, FolderOperation<Boolean> operation) {
        threads(folder).startUnwatched(path, operation);
    }

    /** What of the folder has not answered for a while; empty when all of it answers. */
    Optional<Silence> findSilence(Path folder) {
        FolderThreads threads = folders.get(folder);
        return threads == null ? Optional.empty() : threads.findSilence();
    }

    /** Whether something that was given up answers now; true once. */
    boolean takeCompleted(Path folder) {
        FolderThreads threads = folders.get(folder);
        return threads != null && threads.takeCompleted();
    }

    /** Files and subfolders that did not answer within their deadline and still do not. */
    Set<Path> findSilentPaths(Path folder) {
        FolderThreads threads = folders.get(folder);
        return threads == null ? Set.of() : threads.findSilentPaths();
    }

    /** The threads that work on the folder, or hang in it. */
    int countThreads(Path folder) {
        FolderThreads threads = folders.get(folder);
        return threads == null ? 0 : threads.countThreads();
    }

    /** Ends the wait of a thread in {@link #call}, if it waits. */
    void cancelCall(Thread caller) {
        FolderCall<?> call = awaited.get(caller);
        if (call != null) {
            call.cancel();
        }
    }

    /** Whether a thread has been waiting in {@link #call} for a while. */
    boolean isStalled(Thread caller) {
        FolderCall<?> call = awaited.get(caller);
        return call != null && call.silentNanos() > SHORT_WAIT.toNanos();
    }

    /** Whether the server stops, so that a wait that was cancelled says nothing about its folder. */
    boolean isStopped() {
        return stopped;
    }

    /** Ends all waits, and every later one at once, so that no folder delays the end of the server. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopped = true;
        awaited.values().forEach(FolderCall::cancel);
    }

    private FolderThreads threads(Path folder) {
        return folders.computeIfAbsent(folder, key -> new FolderThreads(key, deadline, clock, observer));
    }
}
