package dev.lectern.cli.doctor;

import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseProbe;
import java.util.List;
import java.util.Map;

/**
 * Whether the configured database can be used.
 *
 * @param values the settings by key
 */
record DatabaseCheck(Map<String, String> values) implements DiagnosticCheck {

    @Override
    public List<Finding> look() {
        try {
            return DatabaseProbe.look(values).map(Finding::good).stream().toList();
        } catch (LecternException e) {
            return List.of(Finding.bad(String.valueOf(e.getMessage())));
        }
    }
}
