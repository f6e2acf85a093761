package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deck of PowerPoint 97, which LibreOffice has saved: its slides were reordered, and one of them is hidden. */
class BinaryDeckReaderTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    @Test
    void read_deck_hasItsSlidesInOrderWithNotesTablesAndNumbers() throws Exception {
        List<String> expected = List.of(
                "title: Harbour season 2026",
                "metadata: author = Ines Duarte",
                "metadata: created = 2013-01-27T09:14:16Z",
                "metadata: modified = 2013-01-27T09:15:58Z",
                "notice: HIDDEN_INCLUDED 1 of 5: slide 3",
                "HEADING2 Opening of the season",
                "LIST_ITEM1 Moorings",
                "LIST_ITEM2 40 berths of 9 metres",
                "LIST_ITEM1 Water and power",
                "NOTE0[SPEAKER_NOTE] Say that berth 12 is being repaired.\\nThe crane costs 85 euros an hour.",
                "HEADING2 Fees",
                "TABLE_HEADER0 Length | Fee | Fee",
                "TABLE_HEADER0 Length | Summer | Winter",
                "TABLE_ROW0 up to 9 m | 410 | 180",
                "TABLE_ROW0 up to 12 m | 560 | 240",
                "HEADING2[HIDDEN] Reserve",
                "PARAGRAPH0[HIDDEN] The reserve is 21,400 euros.",
                "HEADING2 Steps to a berth",
                "LIST_ITEM1 1. Fill in the form.",
                "LIST_ITEM1 2. Pay the deposit of 100 euros.",
                "LIST_ITEM1 3. Fetch the key.",
                "PARAGRAPH0 Office: pier 3",
                "HEADING2 Close of the season",
                "LIST_ITEM1 Boats leave the harbour by 31 October.");
        ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) read(deck());
        assertThat(ReadingCasesTest.describe(parsed, expected)).containsExactlyElementsOf(expected);
        assertThat(parsed.document().blocks()).extracting(block -> block.page()).isSorted();
    }

    /** A damaged deck is read as far as it can be, or refused; nothing else comes out of it. */
    @Test
    void read_damagedDeck_isReadOrRefused() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 10; i++) {
            byte[] damaged = deck();
            for (int j = 0; j < 400; j++) {
                damaged[512 + random.nextInt(damaged.length - 512)] = (byte) random.nextInt(256);
            }
            assertThat(read(damaged)).isNotNull();
        }
        assertThat(read(Arrays.copyOf(deck(), 9_000))).isInstanceOf(ParseOutcome.Rejected.class);
    }

    private static byte[] deck() throws IOException {
        try (InputStream in = new GZIPInputStream(Objects.requireNonNull(
                BinaryDeckReaderTest.class.getResourceAsStream("/reading-office/powerpoint97.ppt.gz")))) {
            return in.readAllBytes();
        }
    }

    private ParseOutcome read(byte[] content) throws IOException {
        return new DocumentReader().read(Files.write(folder.resolve("case.ppt"), content), "case.ppt", LIMITS);
    }
}
