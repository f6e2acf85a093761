package dev.lectern.library.originals;

import dev.lectern.storage.OwnPart;
import org.springframework.stereotype.Component;

@Component
class OriginalsOwnPart implements OwnPart {
    private final OriginalsProperties properties;

    OriginalsOwnPart(OriginalsProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return "the originals (LECTERN_ORIGINALS_FOLDER or LECTERN_ORIGINALS_BUCKET)";
    }

    @Override
    public boolean isOwn() {
        return properties.isInDataFolder();
    }
}
