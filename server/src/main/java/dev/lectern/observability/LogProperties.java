package dev.lectern.observability;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;

/**
 * What the log looks like. The program reads it before this record exists; it is here to be described.
 *
 * @param format Format of log lines: {@code text} for people, {@code json} for one ECS object per line.
 * @param level Minimum log level of one module, such as LECTERN_LOG_LEVEL_INGESTION=debug: trace, debug, info, warn, error or
 *     off. Modules without a level log at info.
 */
@ConfigurationProperties("lectern.log")
record LogProperties(
        @DefaultValue("text") Format format, @DefaultValue Map<String, LogLevel> level) {
    LogProperties {
        level = Map.copyOf(level);
    }

    enum Format {
        TEXT,
        JSON
    }
}
