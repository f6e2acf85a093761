package dev.lectern.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.LecternException;
import dev.lectern.shared.RuntimeSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

class LogLevelSettingsTest {
    private static final String USAGE = "dev.lectern.usage.jdbc.LogLevelSettingsTest";

    private final LogLevelSettings settings = new LogLevelSettings(
            new LogProperties(LogProperties.Format.TEXT, Map.of("text", LogLevel.WARN)),
            LoggingSystem.get(LogLevelSettingsTest.class.getClassLoader()));

    private RuntimeSetting<?> find(String module) {
        return settings.runtimeSettings().stream()
                .filter(setting -> setting.name().equals("LECTERN_LOG_LEVEL_" + module))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyModule_hasALevel() throws Exception {
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/dev/lectern"))) {
            List<String> modules = packages.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(LogLevelSettings.MODULES).isEqualTo(modules);
        }
        assertThat(find("TEXT").text()).isEqualTo("warn");
        assertThat(find("USAGE").text()).isEqualTo("info");
    }

    @Test
    void level_takesEffectAtOnce() {
        RuntimeSetting<?> setting = find("USAGE");
        try {
            setting.set("trace");
            assertThat(LoggerFactory.getLogger(USAGE).isTraceEnabled()).isTrue();
            setting.set("OFF");
            assertThat(LoggerFactory.getLogger(USAGE).isErrorEnabled()).isFalse();
            assertThatThrownBy(() -> setting.set("loud"))
                    .isInstanceOf(LecternException.class)
                    .hasMessage("LECTERN_LOG_LEVEL_USAGE=loud is not valid. Set it to one of trace, debug, info, warn,"
                            + " error, off.");
        } finally {
            setting.reset();
        }
        assertThat(LoggerFactory.getLogger(USAGE).isInfoEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger(USAGE).isDebugEnabled()).isFalse();
    }
}
