package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TimedPathCheckTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void ask_whatAnswers_givesTheAnswerOrItsError() throws Exception {
        assertThat(TimedPathCheck.ask(() -> Files.isDirectory(folder), LONG)).hasValue(true);
        assertThatThrownBy(() -> TimedPathCheck.ask(() -> Files.size(folder.resolve("absent")), LONG))
                .isInstanceOf(NoSuchFileException.class);
    }

    /** Opening a pipe without a writer hangs in the kernel. */
    @Test
    void ask_whatHangs_givesUp() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(TimedPathCheck.ask(() -> Files.readString(pipe), Duration.ofMillis(200)))
                .isEmpty();
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            writer.flush();
        }
    }
}
