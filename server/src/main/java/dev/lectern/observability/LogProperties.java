package dev.lectern.observability;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.logging.LogLevel;

/**
 * What the log looks like. The program reads it before this record exists; it is here to be described.
 *
 * @param format {@code text} for lines to read, {@code json} for one ECS object a line
 * @param level by module, such as LECTERN_LOG_LEVEL_INGESTION=debug: trace, debug, info, warn, error or off; info where nothing is said
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
