package dev.lectern.cli.doctor;

import dev.lectern.models.ModelProbe;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;

/** Calls each configured chat model and embedder of a service once. Each call costs a few tokens, so it runs only when it is asked for. */
record ModelCallCheck(Map<String, String> properties) implements DiagnosticCheck {

    @Override
    public List<Finding> run() {
        try {
            List<Finding> findings = ModelProbe.callAll(properties, InstantSource.system()).stream()
                    .map(outcome -> outcome.succeeded()
                            ? Finding.passed(outcome.sentence())
                            : Finding.failed(outcome.sentence()))
                    .toList();
            return findings.isEmpty()
                    ? List.of(Finding.passed("No model of a service is configured, so none was called."))
                    : findings;
        } catch (BindException wrong) {
            return List.of(Finding.failed("The settings of the models are invalid. See docs/configuration.md."));
        }
    }
}
