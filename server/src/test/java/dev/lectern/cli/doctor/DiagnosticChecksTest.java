package dev.lectern.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.cli.doctor.DiagnosticCheck.Finding;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor says of settings that the server starts with or refuses, without a server. */
class DiagnosticChecksTest {
    private static final String NAMES = "only requests for localhost are answered";

    @TempDir
    private Path folder;

    private List<Finding> findings(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("LECTERN_PORT", "0", "LECTERN_ALLOW_INSECURE", "true"));
        for (String one : more) {
            environment.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return DiagnosticChecks.of(environment, folder.resolve("data")).stream()
                .flatMap(check -> check.run().stream())
                .toList();
    }

    @Test
    void allInterfaces_withoutAName_areWarnedOf() {
        for (String host : List.of("0.0.0.0", "::")) {
            assertThat(findings("LECTERN_HOST=" + host))
                    .anySatisfy(finding -> {
                        assertThat(finding.state()).isEqualTo(DiagnosticCheck.State.WARNING);
                        assertThat(finding.sentence()).contains(NAMES, "LECTERN_SECURITY_ALLOWED_HOSTS");
                    });
        }
        assertThat(findings("LECTERN_HOST=0.0.0.0", "LECTERN_SECURITY_ALLOWED_HOSTS=localhost"))
                .anySatisfy(finding -> assertThat(finding.sentence()).contains(NAMES));
    }

    @Test
    void namedServer_andOneOnItsMachine_areNot() {
        for (String[] settings : new String[][] {
            {"LECTERN_HOST=127.0.0.1"},
            {"LECTERN_HOST=0.0.0.0", "LECTERN_SECURITY_ALLOWED_HOSTS=docs.example.org"},
            {"LECTERN_HOST=0.0.0.0", "LECTERN_HTTP_PUBLIC_URL=https://docs.example.org"}
        }) {
            assertThat(findings(settings))
                    .noneSatisfy(finding -> assertThat(finding.sentence()).contains(NAMES));
        }
    }
}
