package dev.lectern.cli.doctor;

import dev.lectern.configuration.EnvironmentCheck;
import dev.lectern.configuration.SettingCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** All checks, in the order in which they are shown. */
public final class DiagnosticChecks {
    private DiagnosticChecks() {}

    public static List<DiagnosticCheck> of(Map<String, String> environment, Path dataFolder) {
        EnvironmentCheck.Result settings = EnvironmentCheck.ofThisRelease().check(environment);
        Map<String, String> values = settings.properties();
        return List.of(
                () -> List.of(DiagnosticCheck.Finding.good("Java " + Runtime.version() + ".")),
                () -> settings.problems().isEmpty()
                        ? List.of(DiagnosticCheck.Finding.good(
                                "The " + values.size() + " settings of the environment are understood; "
                                        + SettingCatalog.all().size() + " exist."))
                        : settings.problems().stream().map(DiagnosticCheck.Finding::bad).toList(),
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
