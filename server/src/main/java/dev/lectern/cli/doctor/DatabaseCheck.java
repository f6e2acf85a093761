package dev.lectern.cli.doctor;

import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseProbe;
import java.util.List;
import java.util.Map;

/**
 * Checks the connection to the configured database.
 *
 * @param values the settings by key
 */
record DatabaseCheck(Map<String, String> values) implements DiagnosticCheck {

    @Override
    public List<Finding> run() {
        try {
            return DatabaseProbe.probe(values).map(Finding::passed).stream().toList();
        } catch (LecternException e) {
            return List.of(Finding.failed(String.valueOf(e.getMessage())));
        }
    }
}
