package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lectern.cli.doctor.DiagnosticCheck;
import dev.lectern.cli.doctor.DiagnosticChecks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets in files, as the start and {@code doctor} see them. */
class SecretFileReaderTest {
    private static final EnvironmentCheck CHECK = EnvironmentCheck.ofThisRelease();
    private static final String SECRET = "nobody-may-see-this";

    @TempDir
    private Path folder;

    @Test
    void everySecret_canBeReadFromAFile() throws Exception {
        List<Setting> secrets = SettingCatalog.all().stream()
                .filter(Setting::isReadableFromFile)
                .map(setting -> setting.named("EU"))
                .toList();
        assertThat(secrets.stream().map(Setting::variable))
                .contains(
                        "LECTERN_DATABASE_PASSWORD",
                        "LECTERN_DATABASE_URL",
                        "LECTERN_GEMINI_API_KEY",
                        "LECTERN_OPENAI_API_KEY",
                        "LECTERN_ORIGINALS_ACCESS_KEY",
                        "LECTERN_ORIGINALS_SECRET_KEY",
                        "LECTERN_QDRANT_API_KEY",
                        "LECTERN_REDIS_URL",
                        "LECTERN_SERVICE_EU_API_KEY",
                        "LECTERN_SERVICE_EU_API_KEYS",
                        "LECTERN_SERVICE_EU_HEADERS");
        for (Setting secret : secrets) {
            String value = switch (secret.variable()) {
                case "LECTERN_DATABASE_URL" -> "postgresql://anna:" + SECRET + "@host/x";
                case "LECTERN_REDIS_URL" -> "redis://anna:" + SECRET + "@host:6379";
                default -> SECRET;
            };
            EnvironmentCheck.Result result =
                    CHECK.check(Map.of(secret.variable() + "_FILE", privateFile(secret.variable(), value + "\n")));
            assertThat(result.properties()).as(secret.variable()).containsEntry(secret.key(), value);
        }
        // A description that shows where a password goes belongs to a setting that can be in a file.
        assertThat(SettingCatalog.all())
                .filteredOn(setting -> setting.description().contains(":password@")
                        || setting.type().contains("Secret"))
                .allMatch(Setting::isReadableFromFile);
    }

    @Test
    void lineBreakAtTheEnd_isRemoved_andNothingElse() throws Exception {
        for (String end : List.of("", "\n", "\r\n")) {
            EnvironmentCheck.Result result =
                    CHECK.check(Map.of("LECTERN_DATABASE_PASSWORD_FILE", privateFile("password", " pass word " + end)));
            assertThat(result.problems()).isEmpty();
            assertThat(result.warnings()).isEmpty();
            assertThat(result.properties()).containsEntry("lectern.database.password", " pass word ");
        }
    }

    static Stream<Arguments> filesThatAreRefused() {
        return Stream.of(
                arguments("", " is empty. Write the value into the file, or remove LECTERN_GEMINI_API_KEY_FILE."),
                arguments(" \n", " is empty. Write the value into the file, or remove LECTERN_GEMINI_API_KEY_FILE."),
                arguments(
                        SECRET + "\n" + SECRET + "\n",
                        " has several lines or control characters. Write only the value into the file."),
                arguments(
                        SECRET + "\n\n",
                        " has several lines or control characters. Write only the value into the file."),
                arguments(
                        SECRET + "\0", " has several lines or control characters. Write only the value into the file."),
                arguments(SECRET.repeat(4_000), " has more than 64 KB. Name a file that has only the value in it."));
    }

    @ParameterizedTest
    @MethodSource("filesThatAreRefused")
    void file_withoutASingleValue_isRefusedInOneLine(String content, String sentence) throws Exception {
        String path = privateFile("gemini", content);
        assertThat(problems("LECTERN_GEMINI_API_KEY_FILE", path))
                .containsExactly("LECTERN_GEMINI_API_KEY_FILE=" + path + sentence);
    }

    @Test
    void file_thatCannotBeRead_isRefusedWithItsPath() throws Exception {
        String missing = folder.resolve("missing").toString();
        assertThat(problems("LECTERN_QDRANT_API_KEY_FILE", missing))
                .containsExactly("LECTERN_QDRANT_API_KEY_FILE=" + missing + " does not exist. Set"
                        + " LECTERN_QDRANT_API_KEY_FILE to the path of a file with the value.");
        assertThat(problems("LECTERN_QDRANT_API_KEY_FILE", folder.toString()))
                .containsExactly("LECTERN_QDRANT_API_KEY_FILE=" + folder + " is not a regular file. Set"
                        + " LECTERN_QDRANT_API_KEY_FILE to the path of a file with the value.");
        // Root may open this file, but reading its begin fails.
        assertThat(problems("LECTERN_QDRANT_API_KEY_FILE", "/proc/self/mem"))
                .containsExactly("LECTERN_QDRANT_API_KEY_FILE=/proc/self/mem cannot be read. Give the user of the"
                        + " server permission to read it.");
        Path binary = folder.resolve("binary");
        Files.write(binary, SECRET.getBytes(StandardCharsets.UTF_16));
        assertThat(problems("LECTERN_QDRANT_API_KEY_FILE", binary.toString()))
                .containsExactly("LECTERN_QDRANT_API_KEY_FILE=" + binary
                        + " is not a text in UTF-8. Name a file that has only the value in it.");
    }

    @Test
    void value_thatTheSettingRefuses_isNotRepeated() throws Exception {
        String redis = privateFile("redis", SECRET);
        assertThat(problems("LECTERN_REDIS_URL_FILE", redis))
                .containsExactly("The content of the file of LECTERN_REDIS_URL_FILE is not the address of a Redis"
                        + " server, redis://host:6379 or rediss://host:6379. Write for instance redis://localhost:6379"
                        + " into it.");
        String database = privateFile("database", "mysql://anna:" + SECRET + "@host/x");
        assertThat(problems("LECTERN_DATABASE_URL_FILE", database)).hasSize(1);
        assertThat(problems("LECTERN_GEMINI_API_KEY_FILE", privateFile("key", SECRET + " x")))
                .containsExactly("LECTERN_GEMINI_API_KEY is not valid. Set it to a key of visible ASCII characters,"
                        + " without spaces and line breaks.");
    }

    @Test
    void bothVariables_areRefused() throws Exception {
        EnvironmentCheck.Result result = CHECK.check(
                Map.of("LECTERN_OPENAI_API_KEY", SECRET, "LECTERN_OPENAI_API_KEY_FILE", privateFile("openai", SECRET)));
        assertThat(result.problems())
                .containsExactly("LECTERN_OPENAI_API_KEY_FILE and LECTERN_OPENAI_API_KEY are both set. Remove one of"
                        + " them.");
        assertThat(result.toString()).doesNotContain(SECRET);
    }

    @Test
    void variableOfASettingThatIsNoSecret_isUnknown() {
        assertThat(CHECK.check(Map.of("LECTERN_PORT_FILE", "/run/port")).problems())
                .containsExactly("LECTERN_PORT_FILE is not a setting. Did you mean LECTERN_PORT?");
        assertThat(CHECK.check(Map.of("LECTERN_GEMINI_API_KEX_FILE", "/run/key"))
                        .problems())
                .containsExactly(
                        "LECTERN_GEMINI_API_KEX_FILE is not a setting. Did you mean LECTERN_GEMINI_API_KEY_FILE?");
    }

    @Test
    void file_thatEveryUserCanRead_isAcceptedWithAWarning_alsoByDoctor() throws Exception {
        String path = privateFile("open", SECRET);
        Files.setPosixFilePermissions(Path.of(path), PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> environment = Map.of("LECTERN_GEMINI_API_KEY_FILE", path);
        String warning = "LECTERN_GEMINI_API_KEY_FILE=" + path
                + " can be read by every user of this machine. Run chmod o-r on it.";
        assertThat(CHECK.check(environment).warnings()).containsExactly(warning);
        List<DiagnosticCheck.Finding> findings = DiagnosticChecks.of(environment, folder.resolve("data")).stream()
                .limit(3)
                .flatMap(check -> check.run().stream())
                .toList();
        assertThat(findings).contains(new DiagnosticCheck.Finding(DiagnosticCheck.State.WARNING, warning));
        assertThat(findings.toString()).contains("All settings of the environment are valid (1 of");
    }

    private List<String> problems(String variable, String path) {
        List<String> problems = CHECK.check(Map.of(variable, path)).problems();
        assertThat(problems.toString()).doesNotContain(SECRET, "Exception");
        return problems;
    }

    private String privateFile(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }
}
