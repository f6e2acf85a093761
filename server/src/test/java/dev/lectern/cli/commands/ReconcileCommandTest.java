package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.EmbeddedServer;
import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.http.tls.TestCertificate;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@NeedsServer
@ResourceLock(Resources.SYSTEM_OUT)
class ReconcileCommandTest {
    @TempDir
    Path data;

    private static Path plant(Path data) throws Exception {
        Path folder = Files.createDirectories(data.resolve("originals").resolve("ab"));
        return Files.writeString(folder.resolve("0".repeat(62)), "Nobody's.");
    }

    private static void assertReportedAndRepaired(Path data) throws Exception {
        assertThat(CommandOutput.of("reconcile", data).exitCode()).isZero();
        Path nobodys = plant(data);
        CommandOutput differs = CommandOutput.of("reconcile", data);
        assertThat(differs.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(differs.out()).contains("1 originals belong to no document", "--repair", "are not consistent");
        assertThat(nobodys).exists();
        CommandOutput repaired = CommandOutput.of("reconcile", data, "--repair", "--json");
        assertThat(repaired.exitCode()).isZero();
        assertThat(repaired.out()).contains("\"found\"", "\"left\"", "\"unownedOriginals\"");
        assertThat(nobodys).doesNotExist();
        assertThat(CommandOutput.of("reconcile", data).out()).contains("originals are consistent.");
    }

    @Test
    void serverRuns_isAsked() throws Exception {
        try (TestServer server = TestServer.start()) {
            JobService jobService = server.bean(JobService.class);
            jobService.await(
                    TestAccess.OPERATOR,
                    jobService.addTexts(
                            TestAccess.OPERATOR,
                            CollectionId.DEFAULT,
                            List.of(new TextDocument("t", "Tower", "The tower is high."))),
                    Duration.ofSeconds(30));
            ServerAddressFile.write(server.folder(), server.address("/"));
            assertReportedAndRepaired(server.folder());
            assertThat(server.send(server.remoteRequest("/api/v1/library/drift"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.send(server.remoteRequest("/api/v1/library/repair")
                                    .POST(TestServer.NO_BODY))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    /** A start by itself would have deleted it before it is reported. */
    @Test
    void noServerRuns_folderIsOpenedAndLeftAsItIs() throws Exception {
        TestCertificate.ec().writePem(data);
        Map<String, String> ofTheServer = Map.of(
                "lectern.host", "0.0.0.0",
                "lectern.tls.certificate", data.resolve("certificate.pem").toString(),
                "lectern.tls.key", data.resolve("key.pem").toString(),
                "lectern.tls.redirect-port", "0");
        try (EmbeddedServer own = EmbeddedServer.startPrivate(data, ofTheServer)) {
            // A command that uses it accepts no certificate, and nobody else has to reach it.
            assertThat(own.address().getScheme()).isEqualTo("http");
            assertThat(own.address().getHost()).isEqualTo("localhost");
        }
        assertReportedAndRepaired(data);
    }
}
