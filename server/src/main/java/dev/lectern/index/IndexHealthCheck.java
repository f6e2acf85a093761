package dev.lectern.index;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.LecternException;
import java.util.Objects;
import org.springframework.stereotype.Component;

@Component
class IndexHealthCheck implements HealthCheck {
    private final PassageIndexRegistry indexes;

    IndexHealthCheck(PassageIndexRegistry indexes) {
        this.indexes = indexes;
    }

    @Override
    public String name() {
        return "index";
    }

    /** Without the index only searches and questions fail; everything else works. */
    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        try {
            return Health.up(
                    indexes.check()
                            ? "The index is open and can be searched."
                            : "No index is open yet; it is opened on first use.");
        } catch (LecternException e) {
            return Health.down(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }
}
