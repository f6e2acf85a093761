package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document of Word 97, which LibreOffice has saved from {@code word97.rtf} beside it. */
class BinaryWordReaderTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    @Test
    void read_document_hasItsBlocksInOrder() throws Exception {
        List<String> expected = List.of(
                "title: Pump manual",
                "metadata: author = Ann Lee",
                "notice: HIDDEN_TEXT 1",
                "HEADING1 Safety",
                "PARAGRAPH0 Before the note and behind, see the page.",
                "NOTE0[FOOTNOTE] Of 2024.",
                "NOTE0[COMMENT] Check it.",
                "LIST_ITEM1 3. Close it.",
                "LIST_ITEM2 a) the valve",
                "LIST_ITEM1 4. Report.",
                "CAPTION0 Rates",
                "TABLE_HEADER0 Plant | Upper layer | Upper layer",
                "TABLE_HEADER0 Plant | 2023 | 2024",
                "TABLE_ROW0 Orsova | 2900 | 2644",
                "QUOTE0 Said so.",
                "PARAGRAPH0 The end.",
                "FURNITURE0[HEADER] Works, internal");
        assertThat(ReadingCasesTest.describe((ParseOutcome.Parsed) read(document()), expected))
                .containsExactlyElementsOf(expected);
    }

    /** A damaged document is read as far as it can be, or refused; nothing else comes out of it. */
    @Test
    void read_damagedDocument_isReadOrRefused() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            byte[] damaged = document();
            for (int j = 0; j < 40; j++) {
                damaged[512 + random.nextInt(damaged.length - 512)] = (byte) random.nextInt(256);
            }
            assertThat(read(damaged)).isNotNull();
        }
        assertThat(read(Arrays.copyOf(document(), 9_000))).isInstanceOf(ParseOutcome.Rejected.class);
    }

    private static byte[] document() throws IOException, URISyntaxException {
        return Files.readAllBytes(
                Path.of(Objects.requireNonNull(BinaryWordReaderTest.class.getResource("/reading-office/word97.doc"))
                        .toURI()));
    }

    private ParseOutcome read(byte[] content) throws IOException {
        return new DocumentReader().read(Files.write(folder.resolve("case.doc"), content), "case.doc", LIMITS);
    }
}
