package dev.lectern.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads keys and passwords again from the files that variables with {@code _FILE} name, since they may be replaced while the server runs. */
public final class SecretFiles {
    private final Map<String, String> environment;
    private final SecretFileReader reader;

    /** The list of settings is read only if there may be a file: that takes a part of a start. */
    private SecretFiles(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        boolean isAnyNamed = environment.keySet().stream().anyMatch(SecretFiles::isNameOfFile);
        this.reader = new SecretFileReader(isAnyNamed ? SettingCatalog.all() : List.of());
    }

    private static boolean isNameOfFile(String variable) {
        return variable.startsWith("LECTERN_") && variable.endsWith(SecretFileReader.SUFFIX);
    }

    /** The files of this process. */
    public static SecretFiles ofProcess() {
        return of(System.getenv());
    }

    /** @param environment variables with their values */
    public static SecretFiles of(Map<String, String> environment) {
        return new SecretFiles(environment);
    }

    /**
     * The variable that names the file of a setting.
     *
     * @param key as in application.yaml, such as {@code lectern.gemini.api-key}
     * @return empty when none does
     */
    public Optional<String> findVariable(String key) {
        return environment.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .map(Map.Entry::getKey)
                .filter(variable -> reader.find(variable)
                        .filter(setting -> setting.key().equals(key))
                        .isPresent())
                .findFirst();
    }

    /**
     * Reads the file of a variable.
     *
     * @param variable as {@link #findVariable} returned it
     * @throws IllegalArgumentException with one line that says what is wrong and what to do; it never has the content
     */
    public String read(String variable) {
        List<String> warnings = new ArrayList<>();
        return SecretFileReader.read(
                variable, environment.getOrDefault(variable, "").strip(), warnings);
    }
}
