package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.FolderWatchInstance.Listener;
import dev.lectern.ingestion.sources.FolderWatchInstance.WatchedFolder;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watched folders of one source. Folders are registered one by one, each with the list of those in it, so that whoever waits for changes meanwhile is not
 * kept waiting by a large tree. Links are not followed. Not thread-safe.
 */
final class WatchedTree {
    static final String ROOT = "";
    private static final Logger log = LoggerFactory.getLogger(WatchedTree.class);
    /** Folders that are left out are remembered, so that their end needs no scan. */
    private static final int MAX_LEFT_OUT = 10_000;

    private final Path root;
    private final FolderWatchService service;
    private final Listener listener;
    private final FolderAccess access;
    private final Supplier<FolderWatchRules> rulesFactory;
    private final int maxFolders;
    private final Consumer<String> changes;
    /** By path with a slash at its end, so that what is below a folder is one range. */
    private final NavigableMap<String, Entry> watched = new TreeMap<>();

    private final SequencedSet<String> pending = new LinkedHashSet<>();
    private final SequencedSet<String> leftOut = new LinkedHashSet<>();
    private FolderWatchRules rules;
    private FolderMounts mounts = FolderMounts.NONE;
    private int sweep;
    private boolean sweeping;
    private boolean complete;
    private Gaps gaps = Gaps.NONE;
    /** Of the sweep that goes on. */
    private Gaps found = Gaps.NONE;

    /** @param sweep the last one that found the folder */
    private record Entry(WatchedFolder folder, int sweep) {}

    /**
     * Why some of the folders are not watched.
     *
     * @param limit of the operating system; null when it is not reached
     * @param network a folder that does not report all of its changes; null when there is none
     * @param unanswered a folder that did not answer; null when there is none
     * @param full whether there are more folders than are allowed
     */
    record Gaps(
            @Nullable WatchLimitException limit,
            @Nullable String network,
            @Nullable String unanswered,
            boolean full) {
        static final Gaps NONE = new Gaps(null, null, null, false);

        private Gaps add(Gaps other) {
            return new Gaps(
                    other.limit != null ? other.limit : limit,
                    other.network != null ? other.network : network,
                    other.unanswered != null ? other.unanswered : unanswered,
                    full || other.full);
        }
    }

    /**
     * @param rules makes the rules as they are now
     * @param maxFolders further ones are not watched
     * @param changes is told the paths of folders that have changed, or that were not watched so far
     */
    WatchedTree(
            Path root,
            FolderWatchService service,
            Listener listener,
            FolderAccess access,
            Supplier<FolderWatchRules> rules,
            int maxFolders,
            Consumer<String> changes) {
        this.root = root;
        this.service = service;
        this.listener = listener;
        this.access = access;
        this.rulesFactory = rules;
        this.rules = rules.get();
        this.maxFolders = maxFolders;
        this.changes = changes;
    }

    /** Begins to look through all folders: to watch those that are not watched yet, and no longer those that are gone or left out. */
    void startSweep(FolderMounts present) {
        mounts = present;
        rules = rulesFactory.get();
        found = Gaps.NONE;
        sweep++;
        sweeping = true;
        leftOut.clear();
        pending.clear();
        pending.add(ROOT);
    }

    /** Watches a folder with all below it. */
    void add(String path) {
        pending.add(path);
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Whether all folders were looked through at least once. */
    boolean isComplete() {
        return complete;
    }

    boolean isWatched(String path) {
        return watched.containsKey(path + "/");
    }

    /** Whether the path is known as a folder that is left out. */
    boolean isLeftOut(String path) {
        return leftOut.contains(path);
    }

    /** As {@link FolderWatchRules#isIgnored}. */
    boolean isIgnored(String path, boolean folder) {
        return rules.isIgnored(path, folder);
    }

    FolderWatchRules rules() {
        return rules;
    }

    /** What the last sweep, and the events since, left unwatched. */
    Gaps gaps() {
        return gaps;
    }

    private void addGap(Gaps gap) {
        gaps = gaps.add(gap);
        found = found.add(gap);
    }

    /**
     * Watches the next folder.
     *
     * @param since what was changed later counts as a change; null when nothing does
     * @throws WatchLimitException when no folder at all can be watched
     * @throws FolderWatchInstance.StuckException when a folder of another source blocks the watch
     * @throws FolderNotRespondingException when the source does not answer
     * @throws IOException when the root is not there or cannot be watched
     */
    void registerNext(@Nullable Instant since) throws IOException {
        String path = pending.removeFirst();
        if (!isWatched(path) && watched.size() >= maxFolders) {
            addGap(new Gaps(null, null, null, true));
        } else {
            tryToRegister(path, since);
        }
        if (pending.isEmpty() && sweeping) {
            endSweep();
        }
    }

    private void tryToRegister(String path, @Nullable Instant since) throws IOException {
        try {
            register(path, since);
        } catch (WatchLimitException e) {
            if (e.isTotal()) {
                throw e;
            }
            addGap(new Gaps(e, null, null, false));
            pending.clear();
        } catch (FolderWatchInstance.StuckException e) {
            throw e;
        } catch (NotRespondingException e) {
            addGap(new Gaps(null, null, FolderPath.relativize(root, e.path()), false));
            if (!e.path().equals(resolve(path))) {
                // An entry of the folder, which is not asked again.
                pending.add(path);
            }
        } catch (IOException e) {
            if (path.equals(ROOT)) {
                throw e;
            }
            if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
                remove(path);
            }
            // Whoever may not list a folder cannot scan it either. Its parent reports when that changes.
            log.debug("{} of {} cannot be watched", path, root, e);
        }
    }

    private void register(String path, @Nullable Instant since) throws IOException {
        Set<Path> silent = access.findSilentPaths(root);
        FolderVisit visit = access.call(
                root,
                resolve(path),
                progress -> FolderVisit.visit(
                        root,
                        path,
                        folder -> service.register(listener, folder),
                        rules,
                        mounts,
                        silent,
                        since != null,
                        progress));
        Entry before = watched.put(path + "/", new Entry(visit.watched(), sweep));
        boolean replaced = before != null && !before.folder().equals(visit.watched());
        if (replaced) {
            service.unregister(before.folder(), listener, resolve(path));
        }
        visit.leftOut().forEach(this::leaveOut);
        visit.unanswered().stream().findFirst().ifPresent(silence -> addGap(new Gaps(null, null, silence, false)));
        visit.network().stream().findFirst().ifPresent(share -> addGap(new Gaps(null, share, null, false)));
        visit.folders().stream()
                .filter(folder -> sweeping || !isWatched(folder))
                .forEach(pending::add);
        boolean missed = complete && before == null;
        if (replaced || missed || (since != null && visit.changedAt().isAfter(since))) {
            changes.accept(path);
        }
    }

    private void leaveOut(String path) {
        leftOut.add(path);
        if (leftOut.size() > MAX_LEFT_OUT) {
            leftOut.removeFirst();
        }
    }

    private void endSweep() {
        sweeping = false;
        complete = true;
        gaps = found;
        if (found.limit() != null || found.unanswered() != null) {
            // Not everything was looked through.
            return;
        }
        Iterator<Map.Entry<String, Entry>> entries = watched.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Entry> entry = entries.next();
            if (entry.getValue().sweep() != sweep) {
                unregister(entry);
                entries.remove();
            }
        }
    }

    /** A folder that is left out, found by an event. */
    void addLeftOut(String path) {
        leaveOut(path);
        remove(path);
    }

    /** Ends the watch of a path and of all below it. */
    void remove(String path) {
        // The character after the slash ends the range of what is below the path.
        NavigableMap<String, Entry> below =
                path.equals(ROOT) ? watched : watched.subMap(path + "/", true, path + "0", false);
        below.entrySet().forEach(this::unregister);
        below.clear();
        leftOut.remove(path);
    }

    private void unregister(Map.Entry<String, Entry> entry) {
        String path = entry.getKey().substring(0, entry.getKey().length() - 1);
        service.unregister(entry.getValue().folder(), listener, resolve(path));
    }

    /** The folder is not watched any more, without anybody having wished it. */
    void forget(String path) {
        watched.remove(path + "/");
    }

    /** Stops to look through the folders. */
    void cancelSweep() {
        pending.clear();
        sweeping = false;
    }

    /** Nothing is watched any more, without anybody having wished it. */
    void forgetAll() {
        watched.clear();
        cancelSweep();
    }

    private Path resolve(String path) {
        return path.isEmpty() ? root : FolderPath.resolve(root, path);
    }
}
