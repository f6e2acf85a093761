package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.ServerAddressFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Many files, to a running server with the default rate limits. */
@NeedsServer
@ResourceLock(Resources.SYSTEM_OUT)
class IngestCommandTest {
    private static final int CONTENTS = 40;

    private static TestServer server;

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.rate-limit.allowed-addresses=192.0.2.1"));
        ServerAddressFile.write(server.folder(), server.address("/"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private Path newFolder(String name, int files) throws Exception {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve(name));
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve(i + ".txt"), "The report " + i % CONTENTS + " of " + name + ".");
        }
        return folder;
    }

    @Test
    void folderOfAThousandFiles_isIngestedWithoutReachingTheLimit() throws Exception {
        CommandOutput ingested = CommandOutput.of(
                "ingest", server.folder(), newFolder("folder", 1_000).toString());
        assertThat(ingested.errors()).doesNotContain("limit of requests");
        assertThat(ingested.out()).contains("Done.", "960 files have the same bytes as another one");
        assertThat(ingested.exitCode()).isZero();
    }

    @Test
    void hundredsOfFiles_areUploadedWithoutReachingTheLimit() throws Exception {
        Path folder = newFolder("files", 300);
        Files.writeString(folder.resolve("broken.html"), "<p>A page</p><script>its program</script>");
        String[] files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.map(Path::toString).sorted().toArray(String[]::new);
        }
        CommandOutput first = CommandOutput.of("ingest", server.folder(), files);
        assertThat(first.errors()).doesNotContain("limit of requests", "refused");
        assertThat(first.exitCode()).isZero();

        Files.writeString(folder.resolve("7.txt"), "Another report 7.");
        CommandOutput second = CommandOutput.of("ingest", server.folder(), files);
        assertThat(second.errors().lines().filter(line -> line.contains("refused")))
                .singleElement()
                .asString()
                .contains("7.txt");
        assertThat(second.errors()).doesNotContain("limit of requests");
        assertThat(second.out().lines().filter(line -> line.endsWith("is in the collection already.")))
                .hasSize(files.length - 1);
        assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    }
}
