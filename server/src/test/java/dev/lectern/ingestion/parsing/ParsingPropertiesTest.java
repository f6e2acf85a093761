package dev.lectern.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ParsingPropertiesTest {

    @Test
    void bind_nothingConfigured_givesTheDefaults() {
        assertThat(bind(Map.of())).isEqualTo(ParsingProperties.defaults());
    }

    @Test
    void bind_everyKey_isTaken() {
        ParsingProperties properties = bind(Map.of(
                "processes", "2",
                "file-time", "5s",
                "idle-time", "6s",
                "resident-memory", "700MB",
                "heap", "300MB",
                "file-size", "10MB",
                "text-length", "1000",
                "depth", "20",
                "attachments", "3"));

        assertThat(properties.processes()).isEqualTo(2);
        assertThat(properties.fileTime()).hasSeconds(5);
        assertThat(properties.idleTime()).hasSeconds(6);
        assertThat(properties.residentMemory().toMegabytes()).isEqualTo(700);
        assertThat(properties.heap().toMegabytes()).isEqualTo(300);
        assertThat(properties.fileSize().toMegabytes()).isEqualTo(10);
        assertThat(properties.textLength()).isEqualTo(1000);
        assertThat(properties.depth()).isEqualTo(20);
        assertThat(properties.attachments()).isEqualTo(3);
    }

    private static ParsingProperties bind(Map<String, String> values) {
        Map<String, String> prefixed = values.entrySet().stream()
                .collect(Collectors.toMap(entry -> "lectern.ingestion.parsing." + entry.getKey(), Map.Entry::getValue));
        return new Binder(new MapConfigurationPropertySource(prefixed))
                .bindOrCreate("lectern.ingestion.parsing", ParsingProperties.class);
    }
}
