package dev.lectern.configuration;

import dev.lectern.shared.LecternException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Creates each properties record of which a setting is set, so that its bounds are checked before the start, and not when a module first uses it. Records
 * without a set setting have their defaults and are not created.
 */
final class SettingRecordCheck {
    private final List<Setting> catalog;

    SettingRecordCheck(List<Setting> catalog) {
        this.catalog = catalog;
    }

    /**
     * Checks the records of {@code settings}.
     *
     * @param settings by key
     * @return one line for each record with an invalid value
     */
    List<String> check(Map<String, String> settings) {
        Set<String> owners = new TreeSet<>();
        for (Setting setting : catalog) {
            boolean set = settings.keySet().stream().anyMatch(setting::hasKey);
            if (set && !setting.owner().isEmpty()) {
                owners.add(setting.owner());
            }
        }
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        List<String> problems = new ArrayList<>();
        owners.forEach(owner -> problem(owner, binder).ifPresent(problems::add));
        return problems;
    }

    private static Optional<String> problem(String owner, Binder binder) {
        Class<?> type = load(owner);
        ConfigurationProperties annotation =
                Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class), owner);
        try {
            binder.bindOrCreate(annotation.value(), Bindable.of(type));
            return Optional.empty();
        } catch (LecternException refused) {
            return Optional.of(StartFailureReporter.describe(refused));
        } catch (BindException refused) {
            String sentence = StartFailureReporter.describe(refused);
            if (sentence.isEmpty()) {
                throw refused;
            }
            return Optional.of(sentence);
        }
    }

    private static Class<?> load(String owner) {
        try {
            return Class.forName(owner);
        } catch (ClassNotFoundException notBuilt) {
            throw new IllegalStateException(
                    "The list of settings names a class that does not exist: " + owner, notBuilt);
        }
    }
}
