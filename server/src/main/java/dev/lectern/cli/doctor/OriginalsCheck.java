package dev.lectern.cli.doctor;

import dev.lectern.library.originals.OriginalsProbe;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.bind.BindException;

/** Whether originals can be kept where the configuration says. */
record OriginalsCheck(Map<String, String> properties) implements Check {
    @Override
    public List<Finding> look() {
        try {
            return OriginalsProbe.check(properties)
                    .map(place -> List.of(Finding.good(place + " takes and gives originals.")))
                    .orElse(List.of());
        } catch (LecternException e) {
            return List.of(Finding.bad(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title())));
        } catch (BindException wrong) {
            return List.of(Finding.bad(
                    "The settings of the originals cannot be read. docs/configuration.md says what they take."));
        }
    }
}
