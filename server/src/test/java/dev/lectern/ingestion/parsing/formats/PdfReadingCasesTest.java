package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small PDF files with the blocks that are read of them: {@code reading-pdf/pdf.txt}, in the words of {@link PdfDrawing}. */
class PdfReadingCasesTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    static List<ReadingCasesTest.Case> cases() throws Exception {
        URI resource = Objects.requireNonNull(PdfReadingCasesTest.class.getResource("/reading-pdf/pdf.txt"))
                .toURI();
        return ReadingCasesTest.read(Path.of(resource));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_smallFile_givesItsBlocks(ReadingCasesTest.Case one) throws IOException {
        Path file = Files.write(folder.resolve(one.file()), PdfDrawing.draw(one.content()));
        ParseOutcome outcome = new DocumentReader().read(file, one.file(), LIMITS);
        assertThat(outcome).as("%s", outcome).isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(ReadingCasesTest.describe((ParseOutcome.Parsed) outcome, one.expected()))
                .containsExactlyElementsOf(one.expected());
    }
}
