package dev.lectern.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.ingestion.parsing.ParseOutcome.Parsed;
import dev.lectern.ingestion.parsing.ParseOutcome.Rejected;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.ingestion.parsing.ocr.TestCommands;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.ReadingNotice.Kind;
import dev.lectern.library.TextLine;
import dev.lectern.shared.Deadline;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Scanned pages and pictures are read by the command, in the parser process. */
class OcrParsingTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private ParseOutcome parse(Path file, String command, Duration fileTime) {
        ParsingProperties defaults = ParsingProperties.defaults();
        ParsingProperties properties = new ParsingProperties(
                1,
                fileTime,
                defaults.idleTime(),
                DataSize.ofMegabytes(448),
                defaults.heap(),
                defaults.fileSize(),
                defaults.textLength(),
                defaults.depth(),
                defaults.attachments());
        OcrProperties ocr = new OcrProperties(command, Duration.ofSeconds(60), 200);
        try (ParserPool pool = new ParserPool(properties, ocr, CLOCK, executor)) {
            return pool.parse(file, String.valueOf(file.getFileName()), Deadline.in(Duration.ofMinutes(10), CLOCK));
        }
    }

    private ParsedDocument parsed(Path file, String command) {
        ParseOutcome outcome = parse(file, command, Duration.ofSeconds(60));
        assertThat(outcome).isInstanceOf(Parsed.class);
        return ((Parsed) outcome).document();
    }

    private static String call(Path script) {
        return "'" + script + "' {input}";
    }

    private Path printing(String output) throws IOException {
        return TestCommands.writePrinting(folder, output);
    }

    /** Page 2 of three is a picture. */
    private Path halfScanned() throws IOException {
        Path file = folder.resolve("report.pdf");
        try (PDDocument document = new PDDocument()) {
            addText(document, "Before the scan.");
            addPicture(document);
            addText(document, "After the scan.");
            document.save(file.toFile());
        }
        return file;
    }

    private static void addText(PDDocument document, String text) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 12);
            content.newLineAtOffset(72, 700);
            content.showText(text);
            content.endText();
        }
    }

    private static void addPicture(PDDocument document) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.drawImage(LosslessFactory.createFromImage(document, picture()), 0, 0, 612, 792);
        }
    }

    private static BufferedImage picture() {
        return new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
    }

    @Test
    void parse_halfScannedPdf_hasTheRecognisedPageInItsPlace() throws IOException {
        ParsedDocument document = parsed(halfScanned(), call(printing(TestCommands.TSV)));

        assertThat(document.text())
                .isEqualTo("Before the scan.\n\nThe kiln arrives.\n\nNo confidence\n\nAfter the scan.");
        assertThat(document.blocks()).extracting(Block::page).containsExactly(1, 2, 2, 3);
        assertThat(document.blocks())
                .extracting(Block::marks)
                .containsExactly(Set.of(), Set.of(Block.Mark.OCR), Set.of(Block.Mark.OCR), Set.of());
        assertThat(document.blocks()).extracting(Block::confidence).containsExactly(null, 77, null, null);
        assertThat(document.lines()).contains(new TextLine(18, 27, 2, 0.1f, 0.1f, 0.7f, 0.02f));
        // 72 points from the left, its base line 92 from the top.
        assertThat(document.lines()).first().satisfies(line -> {
            assertThat(line.page()).isOne();
            assertThat(line.left()).isCloseTo(72 / 612f, within(0.001f));
            assertThat(line.top()).isCloseTo((92 - 12) / 792f, within(0.001f));
            assertThat(line.width()).isBetween(0.1f, 0.2f);
        });
        assertThat(document.notices()).containsExactly(new ReadingNotice(Kind.RECOGNISED_PAGES, 1, 3, null));
    }

    @Test
    void parse_commandThatFails_keepsTheOtherPagesAndTellsIt() throws IOException {
        ParsedDocument document = parsed(halfScanned(), call(TestCommands.write(folder, "exit 3")));

        assertThat(document.text()).isEqualTo("Before the scan.\n\nAfter the scan.");
        assertThat(document.notices())
                .containsExactly(new ReadingNotice(
                        Kind.UNRECOGNISED_PAGES, 1, 3, "the command for text recognition ended with 3"));
    }

    @Test
    void parse_commandThatHangs_usesOnlyAPartOfTheTimeOfTheFile() throws IOException {
        ParseOutcome outcome =
                parse(halfScanned(), call(TestCommands.write(folder, "sleep 300")), Duration.ofSeconds(15));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Parsed.class,
                        parsed -> assertThat(parsed.document().notices())
                                .extracting(ReadingNotice::kind)
                                .containsExactly(Kind.UNRECOGNISED_PAGES));
    }

    @Test
    void parse_withoutACommand_countsTheScannedPages() throws IOException {
        assertThat(parsed(halfScanned(), "").notices())
                .containsExactly(new ReadingNotice(Kind.SCANNED_PAGES, 1, 3, null));
    }

    @Test
    void parse_picture_isReadOrHasAReason() throws IOException {
        Path file = folder.resolve("letter.png");
        ImageIO.write(picture(), "png", file.toFile());

        ParsedDocument document = parsed(file, call(printing("Dear Anna,\n\nthe kiln arrives.")));
        assertThat(document.text()).isEqualTo("Dear Anna,\n\nthe kiln arrives.");
        assertThat(document.notices()).containsExactly(new ReadingNotice(Kind.RECOGNISED_PAGES, 1, 1, null));

        assertThat(parse(file, call(printing(" \n")), Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.sentence()).contains("No text was recognised"));
        assertThat(parse(file, "", Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.sentence()).contains("text recognition (OCR) is off"));
    }

    @Test
    void parse_scanWithoutRecognisedText_saysWhy() throws IOException {
        Path file = folder.resolve("scan.pdf");
        try (PDDocument document = new PDDocument()) {
            addPicture(document);
            document.save(file.toFile());
        }
        assertThat(parse(file, call(TestCommands.write(folder, "exit 3")), Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.sentence()).contains("ended with 3"));
    }
}
