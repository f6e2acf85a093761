package dev.lectern.configuration;

import dev.lectern.shared.LecternException;
import dev.lectern.shared.SettingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Converts {@code LECTERN_} variables to settings and reports for each invalid variable what to write instead. */
public final class EnvironmentCheck {
    private static final String PREFIX = "LECTERN_";

    /** Variables that Kubernetes sets in every pod for a Service named lectern, or lectern-service-… */
    private static final Pattern KUBERNETES =
            Pattern.compile("LECTERN_(SERVICE_([A-Z0-9]+_)?)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)"
                    + "|LECTERN_SERVICE_[A-Z0-9]+_PORT");

    private static final String SERVICE_PREFIX = "LECTERN_SERVICE_";
    private static final Pattern SERVICE = Pattern.compile("LECTERN_SERVICE_([A-Z0-9]+)_.*");
    private static final Pattern KUBERNETES_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Variables that only the script reads. */
    private static final Set<String> SCRIPT_VARIABLES =
            Set.of("LECTERN_JAVA_OPTIONS", "LECTERN_MAVEN_ARGS", "LECTERN_AOT", "LECTERN_VECTOR", "LECTERN_COMMAND");

    /**
     * Result of the check.
     *
     * @param properties valid settings, by key
     * @param problems one sentence for each invalid variable
     * @param warnings one sentence for each variable that is accepted, but should be changed
     */
    public record Result(Map<String, String> properties, List<String> problems, List<String> warnings) {
        public Result {
            properties = Map.copyOf(properties);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        /** Without values, which may be secret. */
        @Override
        public String toString() {
            return "Result[properties=" + properties.size() + ", problems=" + problems.size() + "]";
        }
    }

    private final List<Setting> settings;
    private final SecretFileReader secretFiles;
    private final Map<String, String> removed;
    private final List<SettingRule> rules;

    /**
     * @param removed removed variables, each with a sentence that says what to write instead
     * @param rules about more than one record
     */
    EnvironmentCheck(List<Setting> settings, Map<String, String> removed, List<SettingRule> rules) {
        this.settings = List.copyOf(settings);
        this.secretFiles = new SecretFileReader(settings);
        this.removed = Map.copyOf(removed);
        this.rules = List.copyOf(rules);
    }

    /** The check for the settings of this release. */
    public static EnvironmentCheck ofThisRelease() {
        return new EnvironmentCheck(
                SettingCatalog.all(),
                RemovedSettings.VARIABLES,
                SpringFactoriesLoader.forDefaultResourceLocation().load(SettingRule.class));
    }

    /** Checks every variable that begins with {@code LECTERN_}; empty variables count as not set. */
    public Result check(Map<String, String> environment) {
        return check(environment, Map.of());
    }

    /**
     * Checks all settings.
     *
     * @param overrides settings of the command line by key, which replace those of the environment
     */
    Result check(Map<String, String> environment, Map<String, String> overrides) {
        Map<String, String> properties = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isEmpty() && !SCRIPT_VARIABLES.contains(name)) {
                Optional<Setting> ofFile = secretFiles.find(name);
                if (ofFile.isPresent()) {
                    readSecret(ofFile.get(), environment, properties, problems, warnings);
                } else {
                    checkVariable(name, value.strip(), properties, problems);
                }
            }
        });
        Map<String, String> effective = new LinkedHashMap<>(properties);
        effective.putAll(overrides);
        // What a service lacks may follow from a variable of it that is wrong itself.
        boolean wrongService = problems.stream().anyMatch(problem -> problem.startsWith(SERVICE_PREFIX));
        new SettingRecordCheck(settings)
                .check(effective).stream()
                        .filter(problem -> !wrongService || !problem.startsWith(SERVICE_PREFIX))
                        .forEach(problems::add);
        checkRules(effective, problems);
        return new Result(properties, problems, warnings);
    }

    /** The values of settings that are secret, or addresses that may have a password in them. */
    List<String> secretsOf(Map<String, String> values) {
        return settings.stream()
                .filter(Setting::isReadableFromFile)
                .flatMap(setting -> values.entrySet().stream()
                        .filter(entry -> setting.hasKey(entry.getKey()))
                        .flatMap(entry -> partsOf(setting, entry.getValue())))
                .toList();
    }

    /** Keys and headers are sent one by one, so each of them is masked. */
    private static Stream<String> partsOf(Setting setting, String value) {
        Stream<String> parts = setting.isNamed()
                ? Arrays.stream(value.split(",", -1))
                        .flatMap(part -> Stream.of(
                                part.strip(),
                                part.substring(part.indexOf('=') + 1).strip()))
                : Stream.of();
        return Stream.concat(Stream.of(value), parts);
    }

    private void checkRules(Map<String, String> effective, List<String> problems) {
        for (SettingRule rule : rules) {
            try {
                rule.check(effective);
            } catch (LecternException | BindException broken) {
                String sentence = StartFailureReporter.describe(broken);
                // A rule that reads an invalid record fails as the record did.
                if (!problems.contains(sentence)) {
                    problems.add(sentence);
                }
            }
        }
    }

    private static void readSecret(
            Setting setting,
            Map<String, String> environment,
            Map<String, String> properties,
            List<String> problems,
            List<String> warnings) {
        String variable = setting.variable() + SecretFileReader.SUFFIX;
        if (!environment.getOrDefault(setting.variable(), "").isEmpty()) {
            problems.add(variable + " and " + setting.variable() + " are both set. Remove one of them.");
            return;
        }
        try {
            String value = SecretFileReader.read(
                    variable, environment.getOrDefault(variable, "").strip(), warnings);
            ValueFormat.of(setting)
                    .expectedInsteadOf(value)
                    .ifPresentOrElse(
                            expected -> problems.add("The content of the file of " + variable + " is not " + expected
                                    + ". Write for instance "
                                    + ValueFormat.of(setting).example() + " into it."),
                            () -> properties.put(setting.key(), value));
        } catch (IllegalArgumentException wrong) {
            problems.add(String.valueOf(wrong.getMessage()));
        }
    }

    private void checkVariable(String name, String value, Map<String, String> properties, List<String> problems) {
        if (KUBERNETES.matcher(name).matches()) {
            return;
        }
        Optional<Setting> known = settings.stream()
                .flatMap(setting -> setting.isMap()
                        ? Stream.of(setting).filter(map -> name.startsWith(map.variable() + "_"))
                        : setting.ofVariable(name, "").stream())
                .findFirst();
        if (known.isEmpty()) {
            problems.add(describeUnknown(name));
            return;
        }
        Setting setting = known.get();
        if (name.equals("LECTERN_PORT") && KUBERNETES_PORT.matcher(value).matches()) {
            properties.put(setting.key(), setting.defaultValue());
            return;
        }
        Optional<String> expected = ValueFormat.of(setting).expectedInsteadOf(value);
        if (expected.isPresent()) {
            String shown = setting.isSecret() || value.contains("@") ? "" : "=" + value;
            problems.add(name + shown + " is not " + expected.get() + ". Write for instance " + name + "="
                    + ValueFormat.of(setting).example() + ".");
            return;
        }
        properties.put(toKey(setting, name), value);
    }

    private static String toKey(Setting setting, String name) {
        return setting.isMap()
                ? setting.key() + "."
                        + name.substring(setting.variable().length() + 1)
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.')
                : setting.key();
    }

    private String describeUnknown(String name) {
        String instead = removed.get(name);
        if (instead != null) {
            return name + " no longer exists. " + instead;
        }
        List<String> names = new ArrayList<>(secretFiles.variables());
        settings.forEach(setting -> names.add(setting.variable()));
        Matcher service = SERVICE.matcher(name);
        if (service.matches()) {
            names.replaceAll(one -> one.replace("<NAME>", service.group(1)));
        }
        return SimilarNameFinder.find(name, names)
                .map(near -> name + " is not a setting. Did you mean " + near + "?")
                .orElse(name
                        + " is not a setting. Remove it or correct its name; see docs/configuration.md for all"
                        + " settings.");
    }
}
