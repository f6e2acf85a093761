package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.storage.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command beside a running server. */
@NeedsServer
@ResourceLock(Resources.SYSTEM_OUT)
class MigrateCommandTest {
    @TempDir
    Path nothing;

    @Test
    void databaseOfARunningServer_isMovedSaidSoAndOpenedAgain() throws Exception {
        String url = PostgresServer.createEmptyDatabase("");
        try (TestServer server = TestServer.start()) {
            JobService jobService = server.bean(JobService.class);
            jobService.await(
                    TestAccess.OPERATOR,
                    jobService.addTexts(
                            TestAccess.OPERATOR,
                            CollectionId.DEFAULT,
                            List.of(new TextDocument("t", "Tower", "The tower is high."))),
                    Duration.ofSeconds(30));
            CommandOutput moved =
                    CommandOutput.of("migrate", server.folder(), "--to", "postgres", "--database-url", url);
            assertThat(moved.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(moved.out())
                    .contains("stays readable and writable", "The library is read-only from now on", "document_text")
                    .contains("both databases are identical", "set LECTERN_DATABASE_URL")
                    .doesNotContain("postgresql://");
            assertThat(newConversation(server)).isEqualTo(503);
            assertThat(server.get("/health").body()).contains("is read-only here");

            CommandOutput again =
                    CommandOutput.of("migrate", server.folder(), "--to", "postgres", "--database-url", url, "--json");
            assertThat(json(again).path("state").asString("")).isEqualTo("moved_before");

            assertThat(CommandOutput.of("migrate", server.folder(), "--undo").out())
                    .contains("is writable again");
            assertThat(newConversation(server)).isEqualTo(201);
        } finally {
            PostgresServer.dropDatabase(url);
        }
    }

    @Test
    void whatIsMissingOrWrong_isSaid() {
        assertThat(CommandOutput.of("migrate", nothing).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandOutput.of("migrate", nothing, "--to", "oracle").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandOutput.of("migrate", nothing, "--to", "postgres").errors())
                .contains("The option --database-url is required");
        assertThat(CommandOutput.of("migrate", nothing, "--to", "postgres", "--database-url", "mysql://me:secret@x/y")
                        .errors())
                .contains("is not the address of a PostgreSQL database")
                .doesNotContain("secret");
        assertThat(CommandOutput.of("migrate", nothing, "--to", "sqlite").errors())
                .contains("There is no library in");
        assertThat(CommandOutput.of("migrate", nothing, "--undo").errors()).contains("There is no library in");
        assertThat(CommandOutput.of("migrate", nothing, "--to", "lucene").errors())
                .contains("There is no library in");
        assertThat(nothing).isEmptyDirectory();
    }

    private static int newConversation(TestServer server) throws Exception {
        return server.post("/api/v1/conversations", "{}").statusCode();
    }

    private static JsonNode json(CommandOutput commandOutput) {
        return JsonMapper.shared().readTree(commandOutput.out());
    }
}
