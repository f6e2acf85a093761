package dev.lectern.ingestion.sources;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.TaskThreads;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which one folder is read, and what of the folder does not answer. A call that hangs keeps its thread until the file system lets go of it, so
 * the threads are few, and calls that would hang as well are refused at once. Thread-safe.
 */
final class FolderThreads {
    private static final Logger log = LoggerFactory.getLogger(FolderThreads.class);

    /** Calls at the same time, hanging ones included. */
    static final int MAX_THREADS = 8;
    /** With so many files or subfolders that do not answer, the whole folder counts as not responding. */
    static final int MAX_SILENT = 3;

    private static final long IDLE_SECONDS = 5;
    /** An operator learns of a hang within a minute, however long the deadline is. */
    private static final Duration LONGEST_SILENCE_UNREPORTED = Duration.ofSeconds(30);

    private static final Duration LONGEST_PROBE_PAUSE = Duration.ofSeconds(10);
    /** A probe that hangs longer may have been lost by the file system, so another one is allowed. */
    private static final Duration LONGEST_PROBE = Duration.ofMinutes(10);

    private final Path folder;
    private final Duration deadline;
    private final Instant startedAt;
    private final long startedNanos = System.nanoTime();
    private final Consumer<Path> observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<FolderCall<?>> running = new HashSet<>();
    private final Deque<FolderCall<?>> waiting = new ArrayDeque<>();
    private final SynchronousQueue<FolderCall<?>> idle = new SynchronousQueue<>();
    private @Nullable FolderCall<?> probe;
    /** Whether somebody went on without something that did not answer. */
    private boolean incomplete;

    private long probedAt = System.nanoTime() - LONGEST_PROBE.toNanos();

    /**
     * What does not answer.
     *
     * @param since when it was asked
     * @param path a file or subfolder; null when it is the folder as a whole
     */
    record Silence(Instant since, @Nullable Path path) {}

    /** @param observer told on the folder's thread before each call of the file system */
    FolderThreads(Path folder, Duration deadline, InstantSource clock, Consumer<Path> observer) {
        this.folder = folder;
        this.deadline = deadline;
        this.startedAt = clock.instant();
        this.observer = observer;
    }

    /**
     * Gives an operation to a thread of the folder.
     *
     * @throws FolderNotRespondingException when the folder does not respond
     * @throws NotRespondingException when the path, or a subfolder around it, does not respond
     */
    <T> FolderCall<T> start(Path path, FolderOperation<T> operation) throws NotRespondingException {
        lock.lock();
        try {
            refuseSilent(path);
            FolderCall<T> call = newCall(path, operation);
            assign(call);
            return call;
        } finally {
            lock.unlock();
        }
    }

    /** Runs an operation whose result nobody waits for, whether or not the folder responds. */
    void startUnwatched(Path path, FolderOperation<Boolean> operation) {
        lock.lock();
        try {
            assign(newCall(path, operation));
        } finally {
            lock.unlock();
        }
    }

    private <T> FolderCall<T> newCall(Path path, FolderOperation<T> operation) {
        return new FolderCall<>(path, operation, observer);
    }

    private void refuseSilent(Path path) throws NotRespondingException {
        List<FolderCall<?>> silent = findSilent(deadline);
        if (isWhole(silent)) {
            incomplete = true;
            probeIfDue(silent);
            throw new FolderNotRespondingException(folder, since(silent.getFirst()));
        }
        for (FolderCall<?> one : silent) {
            if (path.startsWith(one.path())) {
                incomplete = true;
                probeIfDue(silent);
                throw notResponding(one);
            }
        }
    }

    /** @throws NotRespondingException when a call about the same file, maybe of another source, has been late for as long as the deadline */
    void refuseLate(FolderCall<?> other) throws NotRespondingException {
        if (other.silentNanos() < deadline.toNanos()) {
            return;
        }
        lock.lock();
        try {
            incomplete = true;
            throw notResponding(other);
        } finally {
            lock.unlock();
        }
    }

    private void assign(FolderCall<?> call) {
        if (running.size() >= MAX_THREADS) {
            waiting.add(call);
            return;
        }
        running.add(call);
        if (!idle.offer(call)) {
            TaskThreads.startPlatformThread("folder-access", new BackgroundTask(() -> runCalls(call)));
        }
    }

    private void runCalls(FolderCall<?> first) {
        try {
            for (FolderCall<?> next = first; next != null; next = findNext(next)) {
                next.run();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable FolderCall<?> findNext(FolderCall<?> finished) throws InterruptedException {
        lock.lock();
        try {
            running.remove(finished);
            FolderCall<?> next = waiting.poll();
            if (next != null) {
                running.add(next);
                return next;
            }
        } finally {
            lock.unlock();
        }
        return idle.poll(IDLE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Waits for a call that was started.
     *
     * @throws FolderNotRespondingException when it is late and the folder does not respond
     * @throws NotRespondingException when it is late and the rest of the folder responds
     * @throws java.util.concurrent.CancellationException when the wait was cancelled
     */
    <T> T await(FolderCall<T> call) throws IOException {
        try {
            return call.await(deadline.toNanos());
        } catch (TimeoutException late) {
            return giveUp(call);
        }
    }

    private <T> T giveUp(FolderCall<T> call) throws IOException {
        FolderNotRespondingException whole;
        NotRespondingException single;
        lock.lock();
        try {
            incomplete = true;
            // Without a thread, the call had to wait for others that do not answer.
            boolean unassigned = waiting.remove(call);
            whole = new FolderNotRespondingException(folder, since(call));
            single = unassigned || isWhole(findSilent(deadline)) ? null : notResponding(call);
        } finally {
            lock.unlock();
        }
        if (!call.giveUp(single == null ? whole : single)) {
            // It has answered at the last moment.
            return call.getNow();
        }
        if (single == null) {
            throw whole;
        }
        throw single;
    }

    private NotRespondingException notResponding(FolderCall<?> call) {
        Instant since = since(call);
        return new NotRespondingException(
                call.path(),
                since,
                "It has not answered since " + since.truncatedTo(ChronoUnit.SECONDS)
                        + ". Check the disk or the network share that it is on. It is read"
                        + " once it answers again.");
    }

    /** What does not answer at the moment; probes whether it does again. */
    Optional<Silence> findSilence() {
        lock.lock();
        try {
            Duration reported =
                    deadline.compareTo(LONGEST_SILENCE_UNREPORTED) < 0 ? deadline : LONGEST_SILENCE_UNREPORTED;
            List<FolderCall<?>> silent = findSilent(reported);
            if (silent.isEmpty()) {
                return Optional.empty();
            }
            probeIfDue(findSilent(deadline));
            FolderCall<?> oldest = silent.getFirst();
            return Optional.of(new Silence(since(oldest), isWhole(silent) ? null : oldest.path()));
        } finally {
            lock.unlock();
        }
    }

    /** The files and subfolders that do not answer. */
    Set<Path> findSilentPaths() {
        lock.lock();
        try {
            Set<Path> paths = new HashSet<>();
            findSilent(deadline).forEach(call -> paths.add(call.path()));
            return paths;
        } finally {
            lock.unlock();
        }
    }

    /** Whether what somebody went on without answers now; true once. */
    boolean takeCompleted() {
        lock.lock();
        try {
            boolean completed = incomplete && findSilent(deadline).isEmpty();
            incomplete &= !completed;
            return completed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a call about the folder itself has been waiting for a while. */
    boolean isStalled(Duration patience) {
        lock.lock();
        try {
            return findSilent(patience).stream().anyMatch(call -> call.path().equals(folder));
        } finally {
            lock.unlock();
        }
    }

    int countThreads() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest first. */
    private List<FolderCall<?>> findSilent(Duration patience) {
        return running.stream()
                .filter(call -> !call.isFinished() && !call.isLost() && call.silentNanos() >= patience.toNanos())
                .sorted(Comparator.<FolderCall<?>>comparingLong(FolderCall::silentNanos)
                        .reversed())
                .toList();
    }

    private boolean isWhole(List<FolderCall<?>> silent) {
        return silent.stream().anyMatch(call -> call.path().equals(folder))
                || silent.stream().map(FolderCall::path).distinct().count() >= MAX_SILENT;
    }

    /** The same time for the same call, however often it is asked. */
    private Instant since(FolderCall<?> call) {
        return startedAt.plusNanos(call.progressedAt() - startedNanos);
    }

    /**
     * Finds out whether what did not answer does now, although its call has not returned: file systems lose calls. Only one probe runs at a time, on one of
     * the threads of the folder.
     */
    private void probeIfDue(List<FolderCall<?>> silent) {
        long now = System.nanoTime();
        Duration pause = deadline.compareTo(LONGEST_PROBE_PAUSE) < 0 ? deadline : LONGEST_PROBE_PAUSE;
        boolean runs = probe != null && !probe.isFinished();
        if (silent.isEmpty()
                || running.size() >= MAX_THREADS
                || now - probedAt < (runs ? LONGEST_PROBE : pause).toNanos()) {
            return;
        }
        Path path = silent.getFirst().path();
        FolderCall<Boolean> next = newCall(path, progress -> {
            boolean answered = isAnswering(path);
            if (answered) {
                markAnswered(path);
            }
            return answered;
        });
        probe = next;
        probedAt = now;
        assign(next);
    }

    /**
     * Whether a folder answers again. A file is never opened for that: while its earlier call hangs, another one would hang in the kernel where nothing can
     * end it, and the process could not end either. Its own call has to return.
     */
    private static boolean isAnswering(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isDirectory()) {
                return false;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                log.debug("{} answers again{}", path, entries.iterator().hasNext() ? "" : " and is empty");
            }
        } catch (IOException answer) {
            log.debug("{} answers with an error", path, answer);
        }
        return true;
    }

    private void markAnswered(Path path) {
        lock.lock();
        try {
            findSilent(deadline).stream()
                    .filter(call -> call.path().equals(path))
                    .forEach(FolderCall::markLost);
        } finally {
            lock.unlock();
        }
    }
}
