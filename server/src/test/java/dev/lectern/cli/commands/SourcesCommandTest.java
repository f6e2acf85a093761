package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.ServerAddressFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands on sources beside a running server. */
@NeedsServer
@ResourceLock(Resources.SYSTEM_OUT)
class SourcesCommandTest {
    private static TestServer server;

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        ServerAddressFile.write(server.folder(), server.address("/"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static CommandOutput sources(String command, String... arguments) {
        return CommandOutput.of(Stream.of(
                        Stream.of("sources"),
                        command.isEmpty() ? Stream.<String>of() : Stream.of(command),
                        Stream.of("--data", server.folder().toString()),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private static JsonNode show(Path folder) {
        return JsonMapper.shared()
                .readTree(sources("show", folder.toString(), "--json").out());
    }

    private Path newFolder(String name) throws Exception {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve(name));
        Files.writeString(folder.resolve("a.txt"), "Cats sleep most of the day in " + name + ".");
        Files.createSymbolicLink(folder.resolve("b.txt"), folder.resolve("nowhere.txt"));
        return folder;
    }

    @Test
    void folder_isAddedShownScannedAndRemoved() throws Exception {
        Path notes = newFolder("notes");
        CommandOutput added = sources("add", notes.toString());
        assertThat(added.out()).contains(notes + " is source ", "Done");
        JsonNode source = show(notes);
        String id = source.path("id").asString();

        CommandOutput list = sources("");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).contains("FOLDER", id, notes.toString(), "dangling_link 1");
        assertThat(sources("list", "--json").out()).contains("\"items\"", id);
        assertThat(sources("list", "--collection", "default").out()).contains(id);
        assertThat(sources("show", notes.toString()).out()).contains("folder          " + notes);

        CommandOutput findings = sources("findings", id, "--kind", "dangling_link");
        assertThat(findings.exitCode()).isZero();
        assertThat(findings.out()).contains("dangling_link  b.txt  ");
        assertThat(sources("findings", id, "--kind", "busy").exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(sources("findings", id, "--kind", "x").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(sources("missing", id).exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);

        Files.writeString(notes.resolve("c.txt"), "Dogs bark at night in notes.");
        assertThat(sources("scan", id, "--compare-contents").out()).contains("Done.");
        assertThat(show(notes).path("documents").asLong()).isEqualTo(3);

        CommandOutput refused = sources("remove", id);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out()).contains(notes + " has 3 documents.");
        assertThat(refused.errors()).contains("Add --yes");
        assertThat(sources("remove", id, "--yes").out()).contains("Removed.");
        CommandOutput gone = sources("show", id);
        assertThat(gone.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(gone.errors()).contains("lectern: There");
    }

    @Test
    void missingFiles_areHeldUntilTheyAreConfirmed() throws Exception {
        Path notes = newFolder("away");
        sources("add", notes.toString());
        FileSystemUtils.deleteRecursively(notes);

        CommandOutput scan = sources("scan", notes.toString());
        String id = show(notes).path("id").asString();
        assertThat(scan.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(scan.errors()).contains("failed: ", "lectern sources confirm " + id);
        assertThat(sources("").out()).contains("needs confirmation", "lectern sources confirm " + id);
        assertThat(CommandOutput.of(
                                "ingest", server.folder(), newFolder("other").toString())
                        .exitCode())
                .isNotEqualTo(ExitCode.USAGE);

        CommandOutput refused = sources("confirm", id);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.errors()).contains("nothing was changed", "Add --yes");
        // The link that led nowhere was never read: nothing is lost with it.
        assertThat(show(notes).path("documents").asLong()).isOne();
        assertThat(sources("missing", id).out()).contains("a.txt").doesNotContain("b.txt");

        assertThat(sources("confirm", id, "--yes").out())
                .contains(notes + " has 0 documents now; 0 files are missing.");
        assertThat(show(notes).path("documents").asLong()).isZero();
    }

    @Test
    void ingest_saysWhatWasLeftOutOfAFile() throws Exception {
        Path page = temporary.resolve("page.html");
        Files.writeString(
                page,
                "<html><head><title>Opening</title></head><body><p>The museum opens at nine.</p>"
                        + "<p hidden>Nobody sees this.</p><p style='display:none'>Nor this.</p></body></html>");
        CommandOutput ingest = CommandOutput.of("ingest", server.folder(), page.toString());
        assertThat(ingest.exitCode()).as(ingest.errors()).isZero();
        assertThat(ingest.out()).contains("Done.", page + ": 2 hidden pieces of text were left out.");
        CommandOutput again = CommandOutput.of("ingest", server.folder(), page.toString());
        assertThat(again.out()).as("what it has already").contains(page + ": 2 hidden pieces");
        Path plain = Files.writeString(temporary.resolve("plain.txt"), "The museum has a garden.");
        assertThat(CommandOutput.of("ingest", server.folder(), plain.toString()).out())
                .doesNotContain(plain + ":");
    }

    @Test
    void folder_withinAnother_isAddedAndSaysSo() throws Exception {
        Path outer = newFolder("outer");
        Path inner = newFolder("outer/inner");
        sources("add", outer.toString());
        assertThat(sources("add", inner.toString()).out())
                .contains("It lies in " + outer + ", which is a source as well.");
        assertThat(sources("add", inner.resolve("a.txt").toString()).errors()).contains("is a file. Give the folder");
        assertThat(sources("add", outer.toString(), "--collection", "none").exitCode())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void confirm_whenNothingIsMissing_changesNothing() throws Exception {
        Path notes = newFolder("calm");
        sources("add", notes.toString());
        CommandOutput calm = sources("confirm", notes.toString());
        assertThat(calm.exitCode()).isZero();
        assertThat(calm.out()).contains("Nothing waits for a confirmation: no file of " + notes + " is missing");
    }
}
