package dev.lectern.ingestion.parsing.formats.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataValidatorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PowerPoint Presentation",
                "PowerPoint-Präsentation",
                "POWERPOINT-PRÄSENTATION",
                "Présentation PowerPoint",
                "Presentación de PowerPoint",
                "PowerPoint 演示文稿",
                "Презентация PowerPoint",
                "Microsoft Word - letter.doc",
                "Untitled 3",
                "report.docx",
                "(anonymous)"
            })
    void isTitle_thatProgramsFillIn_isNone(String title) {
        assertThat(MetadataValidator.isTitle(title)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Presentation of the budget", "PowerPoint presentations for beginners", "Präsentation"})
    void isTitle_ofAPerson_isOne(String title) {
        assertThat(MetadataValidator.isTitle(title)).isTrue();
    }
}
