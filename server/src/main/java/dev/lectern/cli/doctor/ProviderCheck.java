package dev.lectern.cli.doctor;

import dev.lectern.security.oidc.ProviderProbe;
import dev.lectern.shared.LecternException;
import java.util.List;
import java.util.Map;

/**
 * Reads the discovery document of the identity provider, as a sign-in does.
 *
 * @param values the settings by key
 */
record ProviderCheck(Map<String, String> values) implements DiagnosticCheck {

    @Override
    public List<Finding> run() {
        try {
            return ProviderProbe.probe(values).map(Finding::passed).stream().toList();
        } catch (LecternException unusable) {
            return List.of(Finding.failed(String.valueOf(unusable.getMessage())));
        }
    }
}
