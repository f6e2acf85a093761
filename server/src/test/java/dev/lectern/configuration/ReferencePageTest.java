package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void page_saysWhatTheCodeSays() throws Exception {
        String page = ReferencePage.of(SettingCatalog.all());
        if (Boolean.getBoolean("lectern.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("Write it again with -Dlectern.write=true")
                .exists()
                .content()
                .isEqualTo(page);
    }
}
