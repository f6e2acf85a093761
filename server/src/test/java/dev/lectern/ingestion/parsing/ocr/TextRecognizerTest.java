package dev.lectern.ingestion.parsing.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Area;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Line;
import dev.lectern.ingestion.parsing.ocr.RecognisedPage.Paragraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextRecognizerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Path picture = Path.of("");

    @BeforeEach
    void writePicture() throws IOException {
        picture = Files.writeString(folder.resolve("a picture.png"), "picture");
    }

    private TextRecognizer recognizer(Path script, Duration pageTime, int maxPages) {
        return new TextRecognizer(new OcrCommand(
                List.of(script.toString(), OcrCommand.INPUT), maxPages, pageTime.toMillis(), LONG.toMillis()));
    }

    @Test
    void recognise_tsv_givesParagraphsWithPlacesAndConfidence() throws IOException {
        TextRecognizer recognizer = recognizer(TestCommands.writePrinting(folder, TestCommands.TSV), LONG, 1);

        assertThat(recognizer.recognise(picture))
                .containsExactly(new RecognisedPage(List.of(
                        new Paragraph(
                                List.of(
                                        new Line("The kiln", new Area(0.1f, 0.1f, 0.7f, 0.02f)),
                                        new Line("arrives.", new Area(0.1f, 0.15f, 0.1f, 0.02f))),
                                77),
                        new Paragraph(List.of(new Line("No confidence", new Area(0.1f, 0.5f, 0.1f, 0.02f))), null))));
        assertThat(recognizer.failure()).isNull();
    }

    @Test
    void recognise_plainText_givesItsPagesAndParagraphs() throws IOException {
        TextRecognizer recognizer =
                recognizer(TestCommands.writePrinting(folder, "One\r\n two \n\n \nThree\f\n\nFour\n"), LONG, 1);

        assertThat(recognizer.recognise(picture))
                .extracting(page -> page.paragraphs().stream()
                        .map(paragraph ->
                                paragraph.lines().stream().map(Line::text).toList())
                        .toList())
                .containsExactly(List.of(List.of("One", "two"), List.of("Three")), List.of(List.of("Four")));
    }

    @ParameterizedTest
    @CsvSource({
        "exit 7, ended with 7",
        "kill -9 $$, ended with 137",
        "yes, printed more than 20 MB",
        "sleep 300, took too long",
        "sleep 300 & sleep 300, took too long"
    })
    void recognise_hostileCommand_failsWithAReason(String body, String reason) throws IOException {
        boolean slow = body.contains("sleep");
        TextRecognizer recognizer =
                recognizer(TestCommands.write(folder, body), slow ? Duration.ofMillis(300) : LONG, 1);

        assertThat(recognizer.recognise(picture)).isEmpty();
        assertThat(recognizer.failure()).contains(reason);
    }

    @Test
    void recognise_commandThatIsSlow_isKilledWithItsChildren() throws IOException {
        Path pid = folder.resolve("pid");
        Path script = TestCommands.write(folder, "sleep 300 & echo $! > '" + pid + "'; wait");
        TextRecognizer recognizer = recognizer(script, Duration.ofSeconds(2), 1);

        assertThat(recognizer.recognise(picture)).isEmpty();
        long child = Long.parseLong(Files.readString(pid).strip());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Optional.of(child)
                        .flatMap(ProcessHandle::of)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void recognise_pageAfterOneThatFailed_doesNotHideTheFailure() throws IOException {
        TextRecognizer recognizer = recognizer(
                TestCommands.write(folder, "test -e \"$1\".failed && echo text || { : > \"$1\".failed; exit 3; }"),
                LONG,
                9);

        assertThat(recognizer.recognise(picture)).isEmpty();
        assertThat(recognizer.recognise(picture)).hasSize(1);
        assertThat(recognizer.failure()).contains("ended with 3");
    }

    @Test
    void recognise_programThatIsNotThere_failsWithAReason() {
        TextRecognizer recognizer = recognizer(folder.resolve("absent"), LONG, 1);

        assertThat(recognizer.recognise(picture)).isEmpty();
        assertThat(recognizer.failure()).contains("could not be run");
    }

    @Test
    void recognise_morePagesThanTheLimit_areLeftOut() throws IOException {
        TextRecognizer recognizer = recognizer(TestCommands.writePrinting(folder, "Text"), LONG, 2);

        assertThat(recognizer.recognise(picture)).hasSize(1);
        assertThat(recognizer.failure()).isNull();
        assertThat(recognizer.recognise(picture)).hasSize(1);
        assertThat(recognizer.recognise(picture)).isEmpty();
        assertThat(recognizer.failure()).contains("at most 2 pages");
    }
}
