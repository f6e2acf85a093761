package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.FolderEventInbox.Content;
import dev.lectern.ingestion.sources.WatchedTree.Gaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one folder with everything below it, and reports changes as {@link PathActivity} has it. As long as events cannot be had for all of it, it is also
 * scanned at a short interval, and what is missing is tried again at that interval; for a folder without any event, every few seconds. A folder that is not
 * there is waited for. The regular scan comes whatever happens.
 */
final class FolderWatcher implements SourceWatcher, FolderWatchInstance.Listener {
    private static final Logger log = LoggerFactory.getLogger(FolderWatcher.class);
    /** Bounds the work on events that pour in. */
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private static final int FOLDERS_PER_STEP = 50;

    private final Path root;
    private final FolderWatchService service;
    private final FolderAccess access;
    private final Guard guard;
    private final Supplier<MountTable> mountTable;
    private final Settings settings;
    private final FolderEventInbox inbox = new FolderEventInbox();
    private final PathActivity activity;
    private final WatchedTree tree;
    private final FolderChangeReader changeReader;
    /** The first scan begins later than this, so it sees what was changed before. What is changed between it and the watch is reported. */
    private final Instant since;

    private final long begin = System.nanoTime();
    private long lastScan = begin;
    private long nextCheck = begin;
    private volatile @Nullable Thread waiter;
    private FolderMounts mounts = FolderMounts.NONE;
    private @Nullable Root found;
    private boolean needsSweep;
    private Obstacle obstacle = Obstacle.BEGIN;
    private @Nullable WatchLimitException limit;
    private @Nullable String objection;
    private SourceWatchState reported = SourceWatchState.UNWATCHED;
    private volatile SourceWatchState state = SourceWatchState.UNWATCHED;

    /**
     * @param settle quiet time after a change before it is reported
     * @param settleLimit time after which a change is reported without quiet
     * @param poll time between two scans of a folder that does not report all changes
     * @param check time between two looks at what makes no event: mounts, and the return of the folder
     * @param maxFolders more are not watched
     */
    record Settings(Duration settle, Duration settleLimit, Duration poll, Duration check, int maxFolders) {}

    /** Says why a folder must not be watched. */
    interface Guard {
        /** @return a sentence for operators that says what to do; empty when the folder can be watched */
        Optional<String> findObjection(Path folder) throws IOException;
    }

    /** Why there are no events at all. */
    private enum Obstacle {
        NOTHING,
        BEGIN,
        SETTING,
        MISSING,
        REFUSED,
        NETWORK,
        UNANSWERED,
        LIMIT
    }

    /**
     * @param fileKey tells one folder from another at the same path; null where the system has none
     * @param objection why it must not be watched
     */
    private record Root(@Nullable Object fileKey, Optional<String> objection) {}

    /**
     * @param rules makes the rules as they are now
     * @param mountTable gives the mounts as they are now
     * @param since about the present time
     */
    FolderWatcher(
            Path root,
            FolderWatchService service,
            FolderAccess access,
            Guard guard,
            Supplier<FolderWatchRules> rules,
            Supplier<MountTable> mountTable,
            Settings settings,
            Instant since) {
        this.root = root;
        this.service = service;
        this.access = access;
        this.guard = guard;
        this.mountTable = mountTable;
        this.settings = settings;
        this.since = since;
        this.activity = new PathActivity(settings.settle(), settings.settleLimit());
        this.tree = new WatchedTree(root, service, this, access, rules, settings.maxFolders(), this::recordChange);
        this.changeReader = new FolderChangeReader(root, tree, access, this::recordChange);
    }

    private void recordChange(String path) {
        activity.record(path, System.nanoTime());
    }

    @Override
    public Signal awaitChange(Duration atMost) throws InterruptedException {
        waiter = Thread.currentThread();
        try {
            return awaitSignal(atMost);
        } catch (CancellationException e) {
            log.debug("A call on {} was cancelled", root, e);
            if (Thread.interrupted()) {
                throw new InterruptedException("The wait for changes of a folder was interrupted");
            }
            // Either the watcher was closed, or the server is about to close it.
            inbox.pause(settings.check().toNanos());
            return Signal.NONE;
        } finally {
            waiter = null;
        }
    }

    private Signal awaitSignal(Duration atMost) throws InterruptedException {
        while (!inbox.isClosed()) {
            if (System.nanoTime() - nextCheck >= 0) {
                check();
            }
            boolean worked = read(inbox.drain());
            worked |= registerSome();
            state = describe(atMost);
            long now = System.nanoTime();
            long interval = scanInterval(atMost);
            if (activity.takeDue(now)) {
                lastScan = now;
                return Signal.CHANGED;
            }
            if (now - lastScan >= interval) {
                return startRegularScan(now);
            }
            if (!state.equals(reported)) {
                reported = state;
                return Signal.NONE;
            }
            if (worked) {
                inbox.pause(PAUSE_NANOS);
            } else {
                inbox.await(Math.max(0, nanosToNext(now, lastScan + interval)));
            }
        }
        return Signal.NONE;
    }

    private long scanInterval(Duration atMost) {
        return state.mode() == WatchMode.POLLING ? state.interval().toNanos() : atMost.toNanos();
    }

    private long nanosToNext(long now, long scan) {
        long next = Math.min(scan - now, nextCheck - now);
        OptionalLong due = activity.nextDue();
        return due.isPresent() ? Math.min(next, due.getAsLong() - now) : next;
    }

    /** Whatever events have missed is found by the scan, and watched from now on. */
    private Signal startRegularScan(long now) {
        lastScan = now;
        activity.recordScan(now);
        needsSweep = true;
        nextCheck = now;
        return Signal.INTERVAL;
    }

    /** Looks at what makes no event: mounts, and a root that is gone, or back, or another folder. */
    private void check() {
        nextCheck = System.nanoTime() + settings.check().toNanos();
        if (settings.maxFolders() == 0) {
            obstacle = Obstacle.SETTING;
            return;
        }
        if (service.isRegistering(this)) {
            // A folder that was given up still hangs there. It must not hang in another watch service as well.
            obstacle = Obstacle.UNANSWERED;
            return;
        }
        FolderMounts present = FolderMounts.of(mountTable.get(), root);
        if (present.own().filter(MountTable.Mount::isNetwork).isPresent()) {
            mounts = present;
            stopWatching(Obstacle.NETWORK);
            return;
        }
        try {
            Root before = needsSweep ? null : found;
            Root now = access.call(root, root, progress -> readRoot(before));
            if (now.objection().isPresent()) {
                objection = now.objection().get();
                stopWatching(Obstacle.REFUSED);
            } else {
                checkRoot(present, now);
            }
        } catch (NotRespondingException | FolderNotRespondingException e) {
            log.debug("{} does not respond", root, e);
            obstacle = Obstacle.UNANSWERED;
            service.replaceIfStuck();
        } catch (IOException e) {
            log.debug("{} is not there", root, e);
            stopWatching(Obstacle.MISSING);
        }
    }

    /** @param before is not examined again when it is the same folder */
    private Root readRoot(@Nullable Root before) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(root.toString());
        }
        Object key = attributes.fileKey();
        boolean same = before != null && key != null && key.equals(before.fileKey());
        return new Root(key, same ? Optional.empty() : guard.findObjection(root));
    }

    private void checkRoot(FolderMounts present, Root now) {
        boolean another = !now.equals(found) || !present.own().equals(mounts.own());
        boolean retries = !tree.hasPending() && (needsSweep || obstacle != Obstacle.NOTHING);
        Set<String> remounted = present.findDifferences(mounts);
        remounted.removeIf(path -> !tree.isWatched(path.substring(0, Math.max(0, path.lastIndexOf('/')))));
        if (another) {
            if (tree.isComplete()) {
                recordChange(PathActivity.ALL);
            }
            tree.remove(WatchedTree.ROOT);
        }
        for (String path : remounted) {
            tree.remove(path);
            recordChange(path);
        }
        if (another || retries || !remounted.isEmpty()) {
            needsSweep = false;
            tree.startSweep(present);
        }
        found = now;
        mounts = present;
    }

    private void stopWatching(Obstacle why) {
        if (found != null) {
            recordChange(PathActivity.ALL);
        }
        found = null;
        obstacle = why;
        tree.remove(WatchedTree.ROOT);
        tree.forgetAll();
        service.unregisterAll(this);
    }

    private boolean read(Content events) {
        if (events.isEmpty()) {
            return false;
        }
        if (events.restarted()) {
            tree.forgetAll();
        }
        if (events.overflown()) {
            recordChange(PathActivity.ALL);
        }
        boolean rulesChanged = false;
        try {
            rulesChanged = changeReader.read(events.paths());
        } catch (NotRespondingException | FolderNotRespondingException e) {
            log.debug("What has happened in {} could not be read", root, e);
            service.replaceIfStuck();
            needsSweep = true;
        } catch (IOException e) {
            log.debug("What has happened in {} could not be read", root, e);
            needsSweep = true;
        }
        if (events.restarted() || events.overflown() || rulesChanged) {
            tree.startSweep(mounts);
        }
        return true;
    }

    /** Only some folders, so that events and scans do not wait for a large tree. */
    private boolean registerSome() {
        if (!tree.hasPending()) {
            return false;
        }
        if (service.isRegistering(this)) {
            tree.cancelSweep();
            needsSweep = true;
            return false;
        }
        try {
            for (int i = 0; i < FOLDERS_PER_STEP && tree.hasPending() && !inbox.isClosed(); i++) {
                tree.registerNext(tree.isComplete() ? null : since);
            }
            if (tree.isComplete() || obstacle != Obstacle.BEGIN) {
                obstacle = Obstacle.NOTHING;
                limit = null;
            }
        } catch (WatchLimitException e) {
            if (limit == null) {
                log.warn("The folder {} cannot be watched and is polled: {}", root, e.sentence(), e);
            }
            limit = e;
            obstacle = Obstacle.LIMIT;
            tree.forgetAll();
        } catch (FolderNotRespondingException e) {
            log.debug("{} does not respond", root, e);
            obstacle = Obstacle.UNANSWERED;
            tree.cancelSweep();
            service.replaceIfStuck();
        } catch (FolderWatchInstance.StuckException e) {
            log.debug("{} cannot be watched at the moment", root, e);
            tree.cancelSweep();
            needsSweep = true;
            service.replaceIfStuck();
        } catch (IOException e) {
            log.debug("{} cannot be watched", root, e);
            stopWatching(Obstacle.MISSING);
        }
        return true;
    }

    private SourceWatchState describe(Duration atMost) {
        Duration poll = settings.poll().compareTo(atMost) < 0 ? settings.poll() : atMost;
        return switch (obstacle) {
            case NOTHING -> describeGaps(atMost, poll);
            case BEGIN -> SourceWatchState.none(atMost, "The watch begins.");
            case SETTING ->
                SourceWatchState.polling(
                        poll, "LECTERN_INGESTION_MAX_WATCHED_FOLDERS is 0, so that no folder is watched.", false);
            case MISSING ->
                SourceWatchState.none(
                        atMost, "The folder is not there, or may not be listed. It is watched as soon as it can be.");
            case REFUSED -> SourceWatchState.none(atMost, Objects.requireNonNull(objection));
            case NETWORK ->
                SourceWatchState.polling(
                        poll,
                        "It is on a network file system ("
                                + mounts.own().map(MountTable.Mount::type).orElse("unknown")
                                + "), which does not report the changes that others make.",
                        false);
            case UNANSWERED -> SourceWatchState.polling(poll, "The folder does not respond.", false);
            case LIMIT ->
                SourceWatchState.polling(poll, Objects.requireNonNull(limit).sentence(), true);
        };
    }

    private SourceWatchState describeGaps(Duration atMost, Duration poll) {
        Gaps gaps = tree.gaps();
        WatchLimitException reached = gaps.limit();
        if (reached != null) {
            return SourceWatchState.polling(poll, reached.sentence(), true);
        }
        if (gaps.full()) {
            return SourceWatchState.polling(
                    poll,
                    "It has more than " + settings.maxFolders() + " folders, so that not all of them are watched. Leave"
                            + " some out with a .lecternignore file, or raise LECTERN_INGESTION_MAX_WATCHED_FOLDERS.",
                    true);
        }
        if (gaps.network() != null) {
            return SourceWatchState.polling(
                    poll,
                    "Its folder " + gaps.network()
                            + " is on a network file system, which does not report the changes that others make.",
                    false);
        }
        return gaps.unanswered() != null
                ? SourceWatchState.polling(poll, "Its folder " + gaps.unanswered() + " does not respond.", false)
                : SourceWatchState.events(atMost);
    }

    @Override
    public void handleEvents(Path folder, List<WatchEvent<?>> events) {
        inbox.add(folder, events);
    }

    @Override
    public void handleLoss(Path folder) {
        inbox.addLoss(folder);
    }

    @Override
    public void handleRestart() {
        inbox.addRestart();
    }

    @Override
    public SourceWatchState state() {
        return state;
    }

    @Override
    public boolean isClosed() {
        return inbox.isClosed();
    }

    @Override
    public void close() {
        inbox.close();
        Thread waiting = waiter;
        if (waiting != null) {
            access.cancelCall(waiting);
        }
    }

    @Override
    public void release() {
        service.unregisterAll(this);
    }
}
