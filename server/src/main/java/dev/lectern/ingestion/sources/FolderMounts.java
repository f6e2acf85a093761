package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.MountTable.Mount;
import dev.lectern.shared.FolderPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file systems that a folder consists of.
 *
 * @param own the one that the folder itself lies on; empty when that is not known
 * @param below those that are mounted in it, by path within the folder
 */
record FolderMounts(Optional<Mount> own, Map<String, Mount> below) {
    static final FolderMounts NONE = new FolderMounts(Optional.empty(), Map.of());

    /** As they are in a table of mounts. */
    static FolderMounts of(MountTable table, Path folder) {
        String root = FolderPath.format(folder);
        int prefix = root.endsWith("/") ? root.length() : root.length() + 1;
        Map<String, Mount> below = new HashMap<>();
        table.findBelow(root).forEach(mount -> below.put(mount.point().substring(prefix), mount));
        return new FolderMounts(table.find(root), Map.copyOf(below));
    }

    /** Whether what is mounted at this very path does not report all of its changes. */
    boolean isNetwork(String path) {
        Mount mount = below.get(path);
        return mount != null && mount.isNetwork();
    }

    /** Paths at which something else is mounted than in another state of the same folder. */
    Set<String> findDifferences(FolderMounts other) {
        Set<String> paths = new HashSet<>(below.keySet());
        paths.addAll(other.below.keySet());
        Set<String> different = new TreeSet<>();
        for (String path : paths) {
            if (!Objects.equals(below.get(path), other.below.get(path))) {
                different.add(path);
            }
        }
        return different;
    }
}
