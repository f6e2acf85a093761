package dev.lectern.index;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.LecternException;
import java.util.Objects;
import org.springframework.stereotype.Component;

@Component
class IndexHealth implements HealthCheck {
    private final PassageIndexes indexes;

    IndexHealth(PassageIndexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public String name() {
        return "index";
    }

    /** Documents can be read and the page used without it; only questions wait. */
    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        try {
            return Health.up(
                    indexes.check() ? "The index can be searched." : "The index is opened when it is first needed.");
        } catch (LecternException e) {
            return Health.down(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }
}
