package dev.lectern.observability;

import dev.lectern.shared.SettingValidator;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;

/**
 * The format of the log. The logging system reads these settings before this record exists; the record only documents them.
 *
 * @param format Format of the log: {@code text} for readable lines, {@code json} for one ECS object per line.
 * @param level Log level of a module, such as LECTERN_LOG_LEVEL_INGESTION=debug: trace, debug, info, warn, error or off. A module without a level logs at info.
 */
@ConfigurationProperties("lectern.log")
record LogProperties(
        @DefaultValue("text") Format format, @DefaultValue Map<String, LogLevel> level) {
    LogProperties {
        level = Map.copyOf(level);
        level.keySet().forEach(LogProperties::requireModule);
    }

    /** The first part of a name is a module; the others are packages in it, which no start depends on. */
    private static void requireModule(String name) {
        String module = name.split("[._-]", 2)[0];
        SettingValidator.of("lectern.log.level")
                .require(
                        name,
                        "",
                        LogProperties.class
                                        .getClassLoader()
                                        .getResource("dev/lectern/" + module + "/package-info.class")
                                != null,
                        "a variable that ends with the name of a module, such as LECTERN_LOG_LEVEL_INGESTION=debug");
    }

    enum Format {
        TEXT,
        JSON
    }
}
