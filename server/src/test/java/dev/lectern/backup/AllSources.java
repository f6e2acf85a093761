package dev.lectern.backup;

import dev.lectern.backup.spi.SnapshotSource;
import java.util.List;

/** The program's sources, found once. */
final class AllSources {
    static final List<SnapshotSource> LIST = find();

    private AllSources() {}

    private static List<SnapshotSource> find() {
        try (SnapshotSources found = SnapshotSources.alone()) {
            return found.all();
        }
    }
}
