package dev.lectern.security;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class SecurityState implements SnapshotSource {
    @Override
    public String name() {
        return "security";
    }

    /** With the keys that sign cookies, so that visitors find their conversations again. */
    @Override
    public List<StateTable> tables() {
        return List.of(StateTable.of("signing_keys", "name"));
    }
}
