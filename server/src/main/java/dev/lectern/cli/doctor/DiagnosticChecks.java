package dev.lectern.cli.doctor;

import dev.lectern.configuration.EnvironmentCheck;
import dev.lectern.configuration.SettingCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** All diagnostic checks, in the order of the output. */
public final class DiagnosticChecks {
    private DiagnosticChecks() {}

    public static List<DiagnosticCheck> of(Map<String, String> environment, Path dataFolder) {
        EnvironmentCheck.Result settings = EnvironmentCheck.ofThisRelease().check(environment);
        Map<String, String> values = settings.properties();
        return List.of(
                () -> List.of(DiagnosticCheck.Finding.passed("Java " + Runtime.version() + ".")),
                () -> settings.problems().isEmpty()
                        ? List.of(DiagnosticCheck.Finding.passed(
                                "The " + values.size() + " settings of the environment are valid; "
                                        + SettingCatalog.all().size() + " settings exist."))
                        : settings.problems().stream()
                                .map(DiagnosticCheck.Finding::failed)
                                .toList(),
                new DataFolderCheck(dataFolder),
                new DatabaseCheck(values),
                new PortCheck(
                        values.getOrDefault("lectern.host", "127.0.0.1"),
                        port(values.getOrDefault("lectern.port", "8080")),
                        dataFolder),
                new QdrantCheck(values, dataFolder),
                new OriginalsCheck(values),
                new EndpointCheck("Gemini", "LECTERN_GEMINI_BASE_URL", environment),
                new EndpointCheck("The OpenAI-compatible endpoint", "LECTERN_OPENAI_BASE_URL", environment),
                new RedisCheck(environment),
                new ModelKeyCheck(environment));
    }

    private static int port(String value) {
        return value.chars().allMatch(Character::isDigit) && !value.isEmpty() ? Integer.parseInt(value) : 0;
    }
}
