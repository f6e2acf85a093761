package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestServer;
import dev.lectern.ingestion.Ingestion;
import dev.lectern.ingestion.Ingestion.TextDocument;
import dev.lectern.shared.CollectionId;
import dev.lectern.storage.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command beside a running server. */
@ResourceLock(Resources.SYSTEM_OUT)
class MigrateCommandTest {
    @TempDir
    Path nothing;

    @Test
    void databaseOfARunningServer_isMovedSaidSoAndOpenedAgain() throws Exception {
        String url = PostgresServer.createEmptyDatabase("");
        try (TestServer server = TestServer.start()) {
            Ingestion ingestion = server.bean(Ingestion.class);
            ingestion.await(
                    ingestion.addTexts(
                            CollectionId.DEFAULT, List.of(new TextDocument("t", "Tower", "The tower is high."))),
                    Duration.ofSeconds(30));
            Output moved = run(server.folder(), "--to", "postgres", "--database-url", url);
            assertThat(moved.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(moved.out())
                    .contains("can be used and changed meanwhile", "Changes are refused from now on", "document_text")
                    .contains("both databases agree", "set LECTERN_DATABASE_URL")
                    .doesNotContain("postgresql://");
            assertThat(newConversation(server)).isEqualTo(503);
            assertThat(server.get("/health").body()).contains("can only be read here");

            Output again = run(server.folder(), "--to", "postgres", "--database-url", url, "--json");
            assertThat(json(again).path("state").asString("")).isEqualTo("moved_before");

            assertThat(run(server.folder(), "--undo").out()).contains("can be changed and served again");
            assertThat(newConversation(server)).isEqualTo(201);
        } finally {
            PostgresServer.dropDatabase(url);
        }
    }

    @Test
    void whatIsMissingOrWrong_isSaid() {
        assertThat(run(nothing).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run(nothing, "--to", "oracle").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run(nothing, "--to", "postgres").errors()).contains("Say where to with --database-url.");
        assertThat(run(nothing, "--to", "postgres", "--database-url", "mysql://me:secret@x/y")
                        .errors())
                .contains("is not the address of a PostgreSQL database")
                .doesNotContain("secret");
        assertThat(run(nothing, "--to", "sqlite").errors()).contains("There is no library in");
        assertThat(run(nothing, "--undo").errors()).contains("There is no library in");
        assertThat(run(nothing, "--to", "lucene").errors()).contains("There is no library in");
        assertThat(nothing).isEmptyDirectory();
    }

    private static int newConversation(TestServer server) throws Exception {
        return server.post("/api/v1/conversations", "{}").statusCode();
    }

    private static JsonNode json(Output output) {
        return JsonMapper.shared().readTree(output.out());
    }

    private record Output(int exitCode, String out, String errors) {}

    private static Output run(Path data, String... options) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = Stream.concat(Stream.of("migrate", "--data", data.toString()), Stream.of(options))
                    .toArray(String[]::new);
            return new Output(
                    Main.run(arguments),
                    written.toString(StandardCharsets.UTF_8),
                    errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
