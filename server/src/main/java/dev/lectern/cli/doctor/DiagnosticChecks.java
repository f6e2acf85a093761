package dev.lectern.cli.doctor;

import dev.lectern.configuration.EnvironmentCheck;
import dev.lectern.configuration.SettingCatalog;
import dev.lectern.security.HostNameHealthCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All diagnostic checks, in the order of the output. */
public final class DiagnosticChecks {
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("lectern\\.model-service\\.([a-z0-9]+)\\.base-url");

    private DiagnosticChecks() {}

    public static List<DiagnosticCheck> of(Map<String, String> environment, Path dataFolder) {
        EnvironmentCheck.Result settings = EnvironmentCheck.ofThisRelease().check(environment);
        Map<String, String> values = settings.properties();
        List<DiagnosticCheck> local = List.of(
                () -> List.of(DiagnosticCheck.Finding.passed("Java " + Runtime.version() + ".")),
                LocaleCheck.ofProcess(),
                () -> settingFindings(settings),
                new DataFolderCheck(dataFolder));
        // A connection cannot be checked with settings that the server refuses.
        return settings.problems().isEmpty()
                ? Stream.concat(local.stream(), connections(environment, values, dataFolder).stream())
                        .toList()
                : local;
    }

    private static List<DiagnosticCheck.Finding> settingFindings(EnvironmentCheck.Result settings) {
        List<DiagnosticCheck.Finding> findings = new ArrayList<>();
        settings.warnings().forEach(warning -> findings.add(DiagnosticCheck.Finding.warning(warning)));
        if (settings.problems().isEmpty()) {
            findings.addFirst(DiagnosticCheck.Finding.passed("All settings of the environment are valid ("
                    + settings.properties().size() + " of "
                    + SettingCatalog.all().size() + " are set)."));
            return findings;
        }
        settings.problems().forEach(problem -> findings.add(DiagnosticCheck.Finding.failed(problem)));
        findings.add(DiagnosticCheck.Finding.warning(
                "The server does not start with these settings. Correct them and run doctor again, which then"
                        + " checks the connections."));
        return findings;
    }

    private static List<DiagnosticCheck> connections(
            Map<String, String> environment, Map<String, String> values, Path dataFolder) {
        List<DiagnosticCheck> checks = new ArrayList<>(List.of(
                new DatabaseCheck(values),
                () -> HostNameHealthCheck.findObjection(values).map(DiagnosticCheck.Finding::warning).stream()
                        .toList(),
                new AdministratorCheck(values, dataFolder),
                new EncryptionKeyCheck(values, dataFolder),
                new PortCheck(values.getOrDefault("lectern.host", "127.0.0.1"), ports(values), dataFolder),
                new QdrantCheck(values, dataFolder),
                new OriginalsCheck(values),
                new EndpointCheck("Gemini", "LECTERN_GEMINI_BASE_URL", environment),
                new EndpointCheck("The OpenAI-compatible endpoint", "LECTERN_OPENAI_BASE_URL", environment),
                new RedisCheck(values)));
        serviceAddresses(values).forEach((name, variable) ->
                checks.add(new EndpointCheck("The model service " + name, variable, environment)));
        return checks;
    }

    /** The variables with the addresses of services that the operator named, by their names. */
    static Map<String, String> serviceAddresses(Map<String, String> values) {
        Map<String, String> variables = new TreeMap<>();
        for (String key : values.keySet()) {
            Matcher address = SERVICE_ADDRESS.matcher(key);
            if (address.matches()) {
                String name = address.group(1);
                variables.put(name, "LECTERN_SERVICE_" + name.toUpperCase(Locale.ROOT) + "_BASE_URL");
            }
        }
        return variables;
    }

    /** The checks that call services, partly at a cost: each configured model and the identity provider once. */
    public static List<DiagnosticCheck> online(Map<String, String> environment) {
        EnvironmentCheck.Result settings = EnvironmentCheck.ofThisRelease().check(environment);
        return settings.problems().isEmpty()
                ? List.of(new ModelCallCheck(settings.properties()), new ProviderCheck(settings.properties()))
                : List.of();
    }

    /** The ports at which the server would listen, by their variables. Port 0 is any free one. */
    private static Map<String, Integer> ports(Map<String, String> values) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("LECTERN_PORT", port(values.getOrDefault("lectern.port", "8080")));
        String redirect = values.get("lectern.tls.redirect-port");
        if (redirect != null) {
            ports.put("LECTERN_TLS_REDIRECT_PORT", port(redirect));
        }
        return ports;
    }

    private static int port(String value) {
        return value.chars().allMatch(Character::isDigit) && !value.isEmpty() ? Integer.parseInt(value) : 0;
    }
}
