package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCheckTest {
    private static final List<Setting> SETTINGS = List.of(
            new Setting("lectern.port", "java.lang.Integer", "8080", "The port.", ""),
            new Setting("lectern.http.max-body", "org.springframework.util.unit.DataSize", "1MB", "A size.", ""),
            new Setting("lectern.http.comment-every", "java.time.Duration", "15s", "A time.", ""),
            new Setting("lectern.on", "java.lang.Boolean", "true", "A switch.", ""),
            new Setting("lectern.gemini.api-key", "java.lang.String", "", "A secret.", ""),
            new Setting("lectern.mode", "java.util.concurrent.TimeUnit", "SECONDS", "A choice.", ""),
            new Setting(
                    "lectern.log.level",
                    "java.util.Map<java.lang.String,org.springframework.boot.logging.LogLevel>",
                    "",
                    "Levels.",
                    ""));

    private final EnvironmentCheck check =
            new EnvironmentCheck(SETTINGS, Map.of("LECTERN_OLD", "Write LECTERN_PORT instead."), List.of());

    @Test
    void goodValues_becomeProperties() {
        EnvironmentCheck.Result result = check.check(Map.of(
                "LECTERN_PORT", "9000",
                "LECTERN_HTTP_MAX_BODY", "2MB",
                "LECTERN_LOG_LEVEL_INGESTION", "debug",
                "LECTERN_ON", "",
                "PATH", "/bin"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.properties())
                .containsOnly(
                        Map.entry("lectern.port", "9000"),
                        Map.entry("lectern.http.max-body", "2MB"),
                        Map.entry("lectern.log.level.ingestion", "debug"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LECTERN_PRT | 1 | LECTERN_PRT is not a setting. Did you mean LECTERN_PORT?",
                "LECTERN_HTTP_MAXBODY | 1MB | LECTERN_HTTP_MAXBODY is not a setting. Did you mean"
                        + " LECTERN_HTTP_MAX_BODY?",
                "LECTERN_QQQQQQQQQQQQQQQQQQQ | 1 | LECTERN_QQQQQQQQQQQQQQQQQQQ is not a setting. Remove it or correct"
                        + " its name; see docs/configuration.md for all settings.",
                "LECTERN_OLD | 1 | LECTERN_OLD no longer exists. Write LECTERN_PORT instead.",
                "LECTERN_PORT | abc | LECTERN_PORT=abc is not a whole number. Write for instance LECTERN_PORT=8080.",
                "LECTERN_HTTP_MAX_BODY | big | LECTERN_HTTP_MAX_BODY=big is not a size with its unit (KB, MB, GB)."
                        + " Write for instance LECTERN_HTTP_MAX_BODY=1MB.",
                "LECTERN_ON | yes | LECTERN_ON=yes is not true or false. Write for instance LECTERN_ON=true.",
                "LECTERN_LOG_LEVEL_HTTP | loud | LECTERN_LOG_LEVEL_HTTP=loud is not one of trace, debug, info, warn,"
                        + " error, fatal, off. Write for instance LECTERN_LOG_LEVEL_HTTP=trace."
            })
    void wrongVariable_isToldInOneLineWithWhatToWrite(String name, String value, String sentence) {
        assertThat(check.check(Map.of(name, value)).problems()).containsExactly(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LECTERN_PORT=tcp://10.0.0.1:80",
                "LECTERN_SERVICE_HOST=10.0.0.1",
                "LECTERN_SERVICE_PORT=80",
                "LECTERN_SERVICE_PORT_HTTP=80",
                "LECTERN_SERVICE_PORT_TYPE=80",
                "LECTERN_SERVICE_SERVICE_HOST=10.0.0.1",
                "LECTERN_SERVICE_SERVICE_PORT=80",
                "LECTERN_SERVICE_EU_SERVICE_PORT_HTTP=80",
                "LECTERN_SERVICE_EU_PORT=tcp://10.0.0.1:80",
                "LECTERN_SERVICE_EU_PORT_80_TCP_ADDR=10.0.0.1",
                "LECTERN_PORT_80_TCP=tcp://10.0.0.1:80",
                "LECTERN_PORT_80_TCP_ADDR=10.0.0.1",
                "LECTERN_PORT_80_TCP_PROTO=tcp"
            })
    void whatKubernetesSets_isIgnored(String variable) {
        String[] parts = variable.split("=", 2);
        EnvironmentCheck.Result result = check.check(Map.of(parts[0], parts[1]));
        assertThat(result.problems()).isEmpty();
        assertThat(result.properties().getOrDefault("lectern.port", "8080")).isEqualTo("8080");
    }

    @Test
    void variablesOfAService_areSettingsOfItsName() {
        EnvironmentCheck.Result result = EnvironmentCheck.ofThisRelease()
                .check(Map.of(
                        "LECTERN_SERVICE_EU1_TYPE", "openai",
                        "LECTERN_SERVICE_EU1_BASE_URL", "http://localhost:8000/v1",
                        "LECTERN_SERVICE_EU1_API_KEYS", "first-secret, second-secret",
                        "LECTERN_SERVICE_HOST", "10.0.0.1"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.properties())
                .containsOnly(
                        Map.entry("lectern.model-service.eu1.type", "openai"),
                        Map.entry("lectern.model-service.eu1.base-url", "http://localhost:8000/v1"),
                        Map.entry("lectern.model-service.eu1.api-keys", "first-secret, second-secret"));
        assertThat(EnvironmentCheck.ofThisRelease().secretsOf(result.properties()))
                .contains("first-secret", "second-secret");
        assertThat(EnvironmentCheck.ofThisRelease()
                        .check(Map.of("LECTERN_SERVICE_EU_TYPE", "openai", "LECTERN_SERVICE_EU_BASEURL", "http://host/v1"))
                        .problems())
                .containsExactly(
                        "LECTERN_SERVICE_EU_BASEURL is not a setting. Did you mean LECTERN_SERVICE_EU_BASE_URL?");
    }

    @Test
    void settingsOfThisRelease_allHaveASentenceAndAType() {
        assertThat(SettingCatalog.all()).isNotEmpty().allSatisfy(setting -> {
            assertThat(setting.key()).startsWith("lectern.");
            assertThat(setting.description()).as(setting.key()).isNotEmpty();
        });
        assertThat(SettingCatalog.all().stream().map(Setting::variable))
                .contains("LECTERN_HOST", "LECTERN_PORT", "LECTERN_DATA", "LECTERN_CHAT_MODEL", "LECTERN_EMBEDDER");
    }
}
