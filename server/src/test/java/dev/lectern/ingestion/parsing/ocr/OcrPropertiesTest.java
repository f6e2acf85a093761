package dev.lectern.ingestion.parsing.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.shared.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcrPropertiesTest {

    private static OcrProperties with(String command) {
        return new OcrProperties(command, Duration.ofSeconds(30), 200);
    }

    @Test
    void toCommand_quotedArguments_staysOneArgumentEach() {
        OcrCommand command = Objects.requireNonNull(
                with("'/opt/my ocr/run' {input} --lang=\"deu eng\" ''").toCommand(Duration.ofSeconds(60)));

        assertThat(command.argumentsFor(Path.of("/tmp/a b.png")))
                .isEqualTo(List.of("/opt/my ocr/run", "/tmp/a b.png", "--lang=deu eng", ""));
        assertThat(command.fileMillis()).isEqualTo(48_000);
    }

    @Test
    void toCommand_nothingConfigured_isNone() {
        assertThat(OcrProperties.off().toCommand(Duration.ofSeconds(60))).isNull();
        assertThat(OcrProperties.off().fingerprint()).isEmpty();
        assertThat(with("a {input}").fingerprint())
                .isNotEqualTo(with("b {input}").fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tesseract", "{input}", "{input} tesseract", "'' {other}"})
    void command_withoutProgramOrPicture_isRefused(String command) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> with(command))
                .withMessageContaining("LECTERN_OCR_COMMAND")
                .withMessageContaining("tesseract {input} stdout tsv");
    }

    @Test
    void findProblem_programThatIsNotThere_isTold() {
        assertThat(new OcrCommandCheck(with("no-such-program-1 {input}")).findProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("no-such-program-1", "Install it"));
        assertThat(new OcrCommandCheck(with("/no/such/program {input}")).findProblem())
                .isPresent();
        assertThat(new OcrCommandCheck(with("sh {input}")).findProblem()).isEmpty();
        assertThat(new OcrCommandCheck(OcrProperties.off()).findProblem()).isEmpty();
    }
}
