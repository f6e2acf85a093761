package dev.lectern.library.originals;

import dev.lectern.storage.NodeLocalStorage;
import org.springframework.stereotype.Component;

/** Reports whether the originals are in the data folder of a single node. */
@Component
class OriginalsNodeLocalStorage implements NodeLocalStorage {
    private final OriginalsProperties properties;

    OriginalsNodeLocalStorage(OriginalsProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return "the originals (LECTERN_ORIGINALS_FOLDER or LECTERN_ORIGINALS_BUCKET)";
    }

    @Override
    public boolean isNodeLocal() {
        return properties.isInDataFolder();
    }
}
