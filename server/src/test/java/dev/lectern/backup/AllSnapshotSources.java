package dev.lectern.backup;

import dev.lectern.backup.spi.SnapshotSource;
import java.util.List;

/** The program's sources, found once. */
final class AllSnapshotSources {
    static final List<SnapshotSource> LIST = find();

    private AllSnapshotSources() {}

    private static List<SnapshotSource> find() {
        try (SnapshotSources found = SnapshotSources.openStandalone()) {
            return found.all();
        }
    }
}
