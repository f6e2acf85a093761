package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages whose lines are drawn from the left edge to the right one, whatever is in them. */
class PdfColumnsTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    Path folder;

    private List<Block.Type> types = List.of();

    /** @param rows what is drawn in each line, at 50, 230 and 410 points from the left */
    private String read(String... rows) throws IOException {
        Path file = folder.resolve("page.pdf");
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                float y = 720;
                for (String row : rows) {
                    float x = 50;
                    for (String piece : row.split("\\|", -1)) {
                        if (!piece.isBlank()) {
                            content.beginText();
                            content.setFont(new PDType1Font(FontName.HELVETICA), 9);
                            content.newLineAtOffset(x, y);
                            content.showText(piece.strip());
                            content.endText();
                        }
                        x += 180;
                    }
                    y -= 12;
                }
            }
            document.save(file.toFile());
        }
        ParseOutcome outcome = new DocumentReader().read(file, "page.pdf", LIMITS);
        assertThat(outcome).isInstanceOf(ParseOutcome.Parsed.class);
        ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();
        types = document.blocks().stream().map(Block::type).toList();
        return document.text();
    }

    @Test
    void columnsOfText_areReadOneAfterTheOther() throws IOException {
        String text = read(
                "The harbour board met on the fourth of May and took these decisions about the moles and quays.",
                "The tide gate has been leaking  | Boats without a sticker are",
                "since the winter storms, and the | towed to the quarantine pier",
                "board has asked three firms for | at the cost of their owners,",
                "offers. The cheapest repair of | who get them back once they",
                "the gate costs 310,000 euros and | have paid the fee and shown",
                "takes eleven weeks. | the papers of the boat.",
                "All decisions are published on the board beside the harbour office and on the page of the town.");

        assertThat(text.replaceAll("\\s+", " "))
                .contains("repair of the gate costs 310,000 euros and takes eleven weeks.")
                .contains("Boats without a sticker are towed to the quarantine pier at the cost")
                .containsSubsequence("moles and quays", "eleven weeks", "Boats without", "All decisions are");
    }

    @Test
    void threeColumns_areReadOneAfterTheOther() throws IOException {
        String text = read(
                "The first column has a text | The second column goes on | The last one tells how the",
                "of several lines which goes | with another matter which | work of the year has ended",
                "on and on until it has said | is of no interest to those | and what is left to be done",
                "all that there is to say on | who have read the first one | in the months that are still",
                "this matter. | and nothing else. | to come.");

        assertThat(text.replaceAll("\\s+", " "))
                .contains("it has said all that there is to say on this matter.")
                .contains("is of no interest to those who have read the first one and nothing else.")
                .contains("what is left to be done in the months that are still to come.");
    }

    @Test
    void rowsOfATable_stayTogether() throws IOException {
        List<String> rows = List.of(
                "Pump|Flow|Noise", "HP-380|352|66 dB", "HP-390|368|67 dB", "HP-400|381|69 dB", "HP-410|397|70 dB");
        assertThat(read(rows.toArray(String[]::new)))
                .isEqualTo(String.join("\n", rows).replace("|", " | "));
        assertThat(types).startsWith(Block.Type.TABLE_HEADER).endsWith(Block.Type.TABLE_ROW);
    }

    @Test
    void linesOfACell_areOneCell() throws IOException {
        assertThat(read(
                        "Duty|By when|Who",
                        "Torque wrenches|last Friday|foreman",
                        "|of each quarter|",
                        "Sick leave|within three|everybody",
                        "|working days|",
                        "Fire drill|May|warden"))
                .contains("Torque wrenches | last Friday of each quarter | foreman")
                .contains("Sick leave | within three working days | everybody");
    }

    @Test
    void listWithMarks_isNoTable() throws IOException {
        assertThat(read("1.|Open the gate", "2.|Close the valve", "3.|Start the pump", "D.|Read the gauge"))
                .doesNotContain("|");
    }

    @Test
    void labelsBesideLongText_stayWithIt() throws IOException {
        String text = read(
                "Torque wrenches | must be calibrated by the last Friday of each quarter",
                "Long sick leave | has to be reported within three working days by phone",
                "Fire drill | takes place twice a year and is announced by a letter",
                "Keys of the store | are kept by the foreman, who notes each loan in a book",
                "Visitors | sign the list at the gate before they enter the plant");

        assertThat(text)
                .contains("Torque wrenches | must be calibrated")
                .contains("Fire drill | takes place twice a year");
    }
}
