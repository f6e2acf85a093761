package dev.lectern.library.originals;

import dev.lectern.library.OriginalStore;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.LecternException;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Checks the storage of the originals, which answers do not need. */
@Component
class OriginalsHealthCheck implements HealthCheck {
    private final OriginalStore originals;

    OriginalsHealthCheck(OriginalStore originals) {
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
            return Health.up("The storage of the originals is available.");
        } catch (LecternException e) {
            return Health.down(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }
}
