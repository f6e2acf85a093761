package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    @TempDir
    private Path folder;

    @Test
    void file_isReadAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "one\n");
        SecretFiles files = SecretFiles.of(Map.of(
                "LECTERN_SERVICE_EU_API_KEY_FILE", file.toString(),
                "LECTERN_GEMINI_API_KEY", "k"));
        assertThat(files.findVariable("lectern.gemini.api-key")).isEmpty();
        String variable =
                files.findVariable("lectern.model-service.eu.api-key").orElseThrow();
        assertThat(variable).isEqualTo("LECTERN_SERVICE_EU_API_KEY_FILE");
        assertThat(files.read(variable)).isEqualTo("one");
        Files.writeString(file, "two");
        assertThat(files.read(variable)).isEqualTo("two");
        Files.delete(file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.read(variable))
                .withMessageContaining("does not exist");
    }
}
