package dev.lectern.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.TestRun;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.update.TitleSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParserMessageCodecTest {

    @Test
    void write_largeDocument_isReadAsItWas() throws IOException {
        String text = "Ein Text – 文字 𝒳 ".repeat(50_000);
        ParseOutcome outcome = new ParseOutcome.Parsed(
                new ParsedDocument(
                        "Title",
                        text,
                        List.of(
                                new Block(Block.Type.HEADING, 0, 3, 2, 7),
                                new Block(Block.Type.CODE, 4, text.length(), 0, null))),
                "text/plain");

        assertThat(ParserMessageCodec.readOutcome(new ByteArrayInputStream(bytes(outcome)), text.length()))
                .isEqualTo(outcome);
    }

    @Test
    void write_marksLinesMetadataAndNotices_areReadAsTheyWere() throws IOException {
        ParseOutcome outcome = new ParseOutcome.Parsed(everything(), "application/pdf");

        assertThat(ParserMessageCodec.readOutcome(new ByteArrayInputStream(bytes(outcome)), 100))
                .isEqualTo(outcome);
    }

    private static ParsedDocument everything() {
        return new ParsedDocument(
                "Title",
                TitleSource.STEM,
                "Some text",
                List.of(
                        new Block(Block.Type.FURNITURE, 0, 4, 0, 1, Set.of(Block.Mark.values()), 0),
                        new Block(Block.Type.NOTE, 5, 9, 0, 1, Set.of(Block.Mark.OCR), 100)),
                List.of(new TextLine(0, 4, 1, 0.25f, 0, 0.5f, 1)),
                Map.of("author", List.of("A", "B"), "created", List.of("2026-01-31")),
                List.of(
                        new ReadingNotice(ReadingNotice.Kind.SCANNED_PAGES, 4, 5, null),
                        new ReadingNotice(ReadingNotice.Kind.UNREADABLE_ATTACHMENTS, 1, null, "a.zip")));
    }

    @Test
    void readOutcome_moreTextThanAllowed_isNoOutcome() throws IOException {
        byte[] bytes =
                bytes(new ParseOutcome.Parsed(new ParsedDocument("T", "x".repeat(101), List.of()), "text/plain"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ParserMessageCodec.readOutcome(new ByteArrayInputStream(bytes), 100));
    }

    @Test
    void readOutcome_anyDamage_isAnOutcomeOrAnIoException() throws IOException {
        byte[] whole = bytes(new ParseOutcome.Parsed(everything(), "text/plain"));
        Random random = new Random(7);
        for (int i = 0; i < TestRun.repetitions(5_000, 500_000); i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(ParserMessageCodec.readOutcome(new ByteArrayInputStream(damaged), 1_000))
                        .isNotNull();
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private static byte[] bytes(ParseOutcome outcome) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ParserMessageCodec.write(outcome, bytes);
        return bytes.toByteArray();
    }
}
