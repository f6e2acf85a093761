package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import dev.lectern.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops the program at points of its start, in a process of its own. */
@DisabledOnOs(WINDOWS)
class InterruptedStartTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    /** The name of a file of the data folder marks a point of the start. */
    @ParameterizedTest
    @ValueSource(strings = {"lock", "lectern.db", "server"})
    void serve_stoppedDuringTheStart_endsWithoutATrace(String file) throws Exception {
        Path data = folder.resolve("data");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Process process = builder.start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (process.isAlive() && Files.notExists(data.resolve(file)) && System.nanoTime() < end) {
                process.waitFor(5, TimeUnit.MILLISECONDS);
            }
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
            assertThat(Files.readString(output, StandardCharsets.UTF_8))
                    .doesNotContain("Exception", "ERROR", "\tat ", "embedding model");
        } finally {
            process.destroyForcibly();
        }
    }
}
