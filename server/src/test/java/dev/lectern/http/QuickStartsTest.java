package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/api/quick-starts.md answer the question that they ask. The one in Python is run by bench/quick-starts.sh. */
@NeedsServer
@SuppressWarnings("NullAway.Init") // Filled before all tests.
class QuickStartsTest {
    private static final Path PAGE = Path.of("..", "docs", "api", "quick-starts.md");
    private static final Path WEB = Path.of("..", "web");
    private static final String GENERATED = "\n## Generated clients\n";
    private static final String ANSWER = "opens at nine";
    /** Node.js runs TypeScript itself from 22.18 on. The build has 20, so the build tool of the page removes the types. */
    private static final String REMOVE_TYPES = "import { transformWithOxc } from 'vite'; import fs from 'node:fs';"
            + " const { code } = await transformWithOxc(fs.readFileSync(process.argv[1], 'utf8'), 'quick-start.ts');"
            + " fs.writeFileSync(process.argv[2], code);";

    private static TestServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void shell_answers() throws Exception {
        Files.writeString(folder.resolve("quick-start.sh"), block("bash"));
        assertThat(run(folder, "bash", "-e", "quick-start.sh")).contains(ANSWER);
    }

    @Test
    void java_answers() throws Exception {
        Files.writeString(folder.resolve("QuickStart.java"), block("java"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(folder, java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "QuickStart.java"))
                .contains(ANSWER);
    }

    @Test
    void typeScript_answers() throws Exception {
        Path typed = folder.toAbsolutePath().resolve("quick-start.mts");
        Path plain = folder.toAbsolutePath().resolve("quick-start.mjs");
        Files.writeString(typed, block("typescript"));
        run(WEB, "node", "--input-type=module", "-e", REMOVE_TYPES, typed.toString(), plain.toString());
        assertThat(run(folder, "node", "quick-start.mjs")).contains(ANSWER);
    }

    @Test
    void generatedClients_compileAndAnswer() throws Exception {
        GeneratedClients clients = new GeneratedClients(folder);
        run(folder, clients.generation());

        Path java = folder.resolve("GeneratedClient.java");
        Files.writeString(java, block("java", GENERATED));
        String classes = clients.compileJava(java) + File.pathSeparator + System.getProperty("java.class.path");
        String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(folder, program, "-XX:TieredStopAtLevel=1", "-cp", classes, "GeneratedClient"))
                .contains(ANSWER);

        Path typeScript = folder.resolve("generated-client.ts");
        Files.writeString(typeScript, block("typescript", GENERATED));
        run(folder, clients.typeScriptCompilation(WEB, typeScript));
        assertThat(run(folder, "node", Path.of("out", "generated-client.js").toString()))
                .contains(ANSWER);
    }

    private String run(Path in, List<String> command) throws IOException, InterruptedException {
        return run(in, command.toArray(String[]::new));
    }

    private String run(Path in, String... command) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("lisbon.txt"), "The office in Lisbon opens at nine. Visitors register at the desk.\n");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LECTERN", "http://localhost:" + server.port());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(600, TimeUnit.SECONDS)).as(command[0]).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static String block(String language) throws IOException {
        return block(language, "");
    }

    /** The first program in a language after a heading. */
    private static String block(String language, String heading) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page.substring(start));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }
}
