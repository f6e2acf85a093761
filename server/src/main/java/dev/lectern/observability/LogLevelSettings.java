package dev.lectern.observability;

import dev.lectern.shared.RuntimeSetting;
import dev.lectern.shared.RuntimeSettingSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.stereotype.Component;

/**
 * The log level of each module, which may change while the server runs. Loggers of libraries are left out on purpose: below warn some of them print what people
 * and services send.
 */
@Component
class LogLevelSettings implements RuntimeSettingSource {
    /** The packages directly below {@code dev.lectern}; a test compares them. */
    static final List<String> MODULES = List.of(
            "answering",
            "audit",
            "backup",
            "caching",
            "cli",
            "configuration",
            "conversations",
            "evaluation",
            "http",
            "index",
            "ingestion",
            "library",
            "models",
            "observability",
            "retrieval",
            "security",
            "settings",
            "shared",
            "storage",
            "text",
            "usage");

    private final List<RuntimeSetting<?>> settings;

    LogLevelSettings(LogProperties properties, LoggingSystem logging) {
        Map<String, LogLevel> configured = properties.level();
        settings = MODULES.stream()
                .<RuntimeSetting<?>>map(module -> setting(module, configured.get(module), logging))
                .toList();
    }

    /** What can be written, as in the variables. */
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        OFF
    }

    private static RuntimeSetting<Level> setting(String module, @Nullable LogLevel configured, LoggingSystem logging) {
        return RuntimeSetting.ofChoice(
                "lectern.log.level." + module,
                toLevel(configured),
                Level.class,
                level -> logging.setLogLevel("dev.lectern." + module, LogLevel.valueOf(level.name())));
    }

    private static Level toLevel(@Nullable LogLevel configured) {
        if (configured == null) {
            return Level.INFO;
        }
        return configured == LogLevel.FATAL ? Level.ERROR : Level.valueOf(configured.name());
    }

    @Override
    public List<RuntimeSetting<?>> runtimeSettings() {
        return settings;
    }
}
