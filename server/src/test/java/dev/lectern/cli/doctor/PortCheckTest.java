package dev.lectern.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortCheckTest {
    @TempDir
    private Path data;

    @Test
    void usedPort_isToldWithItsOwnSetting() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put("LECTERN_PORT", 0);
            ports.put("LECTERN_TLS_REDIRECT_PORT", other.getLocalPort());
            PortCheck check = new PortCheck("127.0.0.1", ports, data);
            assertThat(check.run())
                    .isEqualTo(
                            List.of(
                                    DiagnosticCheck.Finding.passed("Port 0 of 127.0.0.1 is free."),
                                    DiagnosticCheck.Finding.failed(
                                            "Port " + other.getLocalPort()
                                                    + " is in use by another process. Choose another port with LECTERN_TLS_REDIRECT_PORT.")));
            Files.createFile(data.resolve("server"));
            assertThat(check.run().getLast())
                    .isEqualTo(DiagnosticCheck.Finding.passed(
                            "Port " + other.getLocalPort() + " is in use by the server of this data folder."));
        }
    }

    @Test
    void addressOfAnotherMachine_isTold() {
        // Reserved for documentation, so no machine has it.
        assertThat(new PortCheck("203.0.113.5", Map.of("LECTERN_PORT", 0), data).run())
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString()).contains("LECTERN_HOST"));
    }
}
