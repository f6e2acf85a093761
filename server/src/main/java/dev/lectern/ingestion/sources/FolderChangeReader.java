package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.FolderEventInbox.FolderEventKind;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds out what the events of a source mean: which of its paths have changed, leaving out those that no scan reads, and which folders are to be watched or not
 * any more. Not thread-safe.
 */
final class FolderChangeReader {
    private final Path root;
    private final WatchedTree tree;
    private final FolderAccess access;
    private final Consumer<String> changes;

    /** What is at a path. */
    private enum Found {
        NOTHING,
        FILE,
        FOLDER,
        OWN_FILE,
        OWN_FOLDER
    }

    /** @param changes is told the paths that have changed */
    FolderChangeReader(Path root, WatchedTree tree, FolderAccess access, Consumer<String> changes) {
        this.root = root;
        this.tree = tree;
        this.access = access;
        this.changes = changes;
    }

    /**
     * @return whether the rules have changed, so that all folders have to be looked through
     * @throws NotRespondingException or {@link FolderNotRespondingException} when the file system did not answer; every path then counts as changed
     */
    boolean read(Map<Path, EnumSet<FolderEventKind>> events) throws IOException {
        Map<Path, Found> found;
        try {
            List<Path> unknown = listUnknown(events);
            found = unknown.isEmpty()
                    ? Map.of()
                    : access.call(root, unknown.getFirst(), progress -> find(unknown, progress));
        } catch (NotRespondingException | FolderNotRespondingException e) {
            events.keySet().forEach(path -> changes.accept(FolderPath.relativize(root, path)));
            throw e;
        }
        boolean rulesChanged = false;
        for (Map.Entry<Path, EnumSet<FolderEventKind>> event : events.entrySet()) {
            String path = FolderPath.relativize(root, event.getKey());
            if (IgnoreRules.isRuleFile(path)) {
                rulesChanged = true;
                changes.accept(path);
            } else {
                read(path, event.getValue(), found.getOrDefault(event.getKey(), Found.NOTHING));
            }
        }
        return rulesChanged;
    }

    private static List<Path> listUnknown(Map<Path, EnumSet<FolderEventKind>> events) {
        return events.entrySet().stream()
                .filter(event -> event.getValue().contains(FolderEventKind.CREATED)
                        || event.getValue().contains(FolderEventKind.MODIFIED))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<Path, Found> find(List<Path> paths, FolderOperation.Progress progress) {
        FolderWatchRules rules = tree.rules();
        Map<Path, Found> found = new HashMap<>();
        for (Path path : paths) {
            progress.step(path);
            found.put(path, find(path, rules));
        }
        return found;
    }

    private static Found find(Path path, FolderWatchRules rules) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean own = rules.isOwn(path, attributes);
            if (attributes.isDirectory()) {
                return own ? Found.OWN_FOLDER : Found.FOLDER;
            }
            return own ? Found.OWN_FILE : Found.FILE;
        } catch (IOException goneOrUnreadable) {
            return Found.NOTHING;
        }
    }

    private void read(String path, Set<FolderEventKind> happened, Found found) {
        if (happened.contains(FolderEventKind.LOST)) {
            tree.forget(path);
            tree.add(path);
            changes.accept(path);
        }
        if (happened.contains(FolderEventKind.OVERFLOWN)) {
            tree.add(path);
            changes.accept(path);
        }
        if (happened.contains(FolderEventKind.DELETED)) {
            readDeletion(path);
        }
        if (happened.contains(FolderEventKind.CREATED) || happened.contains(FolderEventKind.MODIFIED)) {
            readChange(path, happened.contains(FolderEventKind.CREATED), found);
        }
    }

    /** Of what is gone nobody can tell any more whether it was a folder, unless it was watched or left out as one. */
    private void readDeletion(String path) {
        boolean leftOut = tree.isLeftOut(path);
        boolean folder = tree.isWatched(path);
        tree.remove(path);
        if (folder || (!leftOut && !tree.rules().isIgnored(path, false))) {
            changes.accept(path);
        }
    }

    private void readChange(String path, boolean created, Found found) {
        switch (found) {
            case FOLDER -> {
                if (tree.rules().isIgnored(path, true)) {
                    tree.addLeftOut(path);
                } else {
                    if (created || !tree.isWatched(path)) {
                        tree.add(path);
                    }
                    changes.accept(path);
                }
            }
            case OWN_FOLDER -> tree.addLeftOut(path);
            case OWN_FILE -> {
                // Such as the log, to which each scan writes.
            }
            case FILE -> {
                if (!tree.rules().isIgnored(path, false)) {
                    changes.accept(path);
                }
            }
            case NOTHING -> {
                if (!tree.isLeftOut(path) && !tree.rules().isIgnored(path, false)) {
                    changes.accept(path);
                }
            }
        }
    }
}
