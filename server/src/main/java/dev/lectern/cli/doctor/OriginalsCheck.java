package dev.lectern.cli.doctor;

import dev.lectern.library.originals.OriginalsProbe;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.properties.bind.BindException;

/** Checks that the configured storage of originals can be read and written. */
record OriginalsCheck(Map<String, String> properties) implements DiagnosticCheck {
    @Override
    public List<Finding> run() {
        try {
            return OriginalsProbe.check(properties)
                    .map(place -> List.of(Finding.passed(place + " can be read and written.")))
                    .orElse(List.of());
        } catch (LecternException e) {
            return List.of(Finding.failed(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title())));
        } catch (BindException wrong) {
            return List.of(Finding.failed("The settings of the originals are invalid. See docs/configuration.md."));
        }
    }
}
