package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.LecternException;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Whether originals can be read and stored. Questions are answered without them. */
@Component
class OriginalsHealth implements HealthCheck {
    private final OriginalStore originals;

    OriginalsHealth(OriginalStore originals) {
        this.originals = originals;
    }

    @Override
    public String name() {
        return "originals";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        try {
            originals.check();
            return Health.up("Originals can be stored and read.");
        } catch (LecternException e) {
            return Health.down(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }
}
