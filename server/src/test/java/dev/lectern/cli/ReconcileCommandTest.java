package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestServer;
import dev.lectern.ingestion.Ingestion;
import dev.lectern.ingestion.Ingestion.TextDocument;
import dev.lectern.shared.CollectionId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class ReconcileCommandTest {
    @TempDir
    Path data;

    private static Path plant(Path data) throws Exception {
        Path folder = Files.createDirectories(data.resolve("originals").resolve("ab"));
        return Files.writeString(folder.resolve("0".repeat(62)), "Nobody's.");
    }

    private static void assertReportedAndRepaired(Path data) throws Exception {
        assertThat(run(data).exitCode()).isZero();
        Path nobodys = plant(data);
        Output differs = run(data);
        assertThat(differs.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(differs.out()).contains("1 originals are no document's", "--repair", "do not agree");
        assertThat(nobodys).exists();
        Output repaired = run(data, "--repair", "--json");
        assertThat(repaired.exitCode()).isZero();
        assertThat(repaired.out()).contains("\"found\"", "\"left\"", "\"unownedOriginals\"");
        assertThat(nobodys).doesNotExist();
        assertThat(run(data).out()).contains("originals agree.");
    }

    @Test
    void serverRuns_isAsked() throws Exception {
        try (TestServer server = TestServer.start()) {
            Ingestion ingestion = server.bean(Ingestion.class);
            ingestion.await(
                    ingestion.addTexts(
                            CollectionId.DEFAULT, List.of(new TextDocument("t", "Tower", "The tower is high."))),
                    Duration.ofSeconds(30));
            ServerFile.write(server.folder(), server.address("/"));
            assertReportedAndRepaired(server.folder());
            assertThat(server.get("/api/v1/library/drift").statusCode()).isEqualTo(403);
            assertThat(server.post("/api/v1/library/repair", "{}").statusCode()).isEqualTo(403);
        }
    }

    /** A start by itself would have deleted it before it is reported. */
    @Test
    void noServerRuns_folderIsOpenedAndLeftAsItIs() throws Exception {
        assertReportedAndRepaired(data);
    }

    private record Output(int exitCode, String out) {}

    private static Output run(Path data, String... options) {
        PrintStream out = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = new String[options.length + 3];
            arguments[0] = "reconcile";
            arguments[1] = "--data";
            arguments[2] = data.toString();
            System.arraycopy(options, 0, arguments, 3, options.length);
            return new Output(Main.run(arguments), written.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
        }
    }
}
