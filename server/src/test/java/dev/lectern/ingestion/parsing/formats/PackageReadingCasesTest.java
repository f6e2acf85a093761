package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.RejectionCode;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.text.FileTitle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small Office and OpenDocument files with the blocks that are read of them: {@code reading-packages/*.txt}, in the words of {@link PackageBuilder}. */
class PackageReadingCasesTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    static Stream<ReadingCasesTest.Case> cases() throws Exception {
        URI folder = Objects.requireNonNull(PackageReadingCasesTest.class.getResource("/reading-packages"))
                .toURI();
        List<ReadingCasesTest.Case> cases = new ArrayList<>();
        try (Stream<Path> resources = Files.list(Path.of(folder))) {
            for (Path resource : resources.sorted().toList()) {
                cases.addAll(ReadingCasesTest.read(resource));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_smallFile_givesItsBlocks(ReadingCasesTest.Case one) throws IOException {
        String extension = FileTitle.extensionOf(one.file());
        Path file = Files.write(folder.resolve(one.file()), PackageBuilder.build(extension, one.content()));
        ParseOutcome outcome = new DocumentReader().read(file, one.file(), LIMITS);
        assertThat(outcome).as("%s", outcome).isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(ReadingCasesTest.describe((ParseOutcome.Parsed) outcome, one.expected()))
                .containsExactlyElementsOf(one.expected());
    }

    @Test
    void read_bookThatIsProtectedOrTooLong_isRefused() throws IOException {
        String book = """
                <metadata/><manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="one"/></spine>
                @ OEBPS/one.xhtml
                <html><body><p>%s</p></body></html>
                """;
        String protection = """
                @ META-INF/encryption.xml
                <EncryptedData><EncryptionMethod Algorithm="%s"/><CipherData><CipherReference URI="OEBPS/one.xhtml"/></CipherData></EncryptedData>
                """;
        assertThat(read(book.formatted("Text.") + protection.formatted("http://www.w3.org/2001/04/xmlenc#aes128-cbc")))
                .isInstanceOfSatisfying(
                        ParseOutcome.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.ENCRYPTED));
        assertThat(read(book.formatted("Text.") + protection.formatted("http://www.idpf.org/2008/embedding")))
                .isInstanceOf(ParseOutcome.Parsed.class);
        String noise = new Random(1)
                .ints(2_100_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(read(book.formatted(noise)))
                .isInstanceOfSatisfying(
                        ParseOutcome.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.TOO_LARGE));
        assertThat(read("<metadata/>"))
                .isInstanceOfSatisfying(
                        ParseOutcome.Rejected.class,
                        rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.BROKEN));
    }

    private ParseOutcome read(String book) throws IOException {
        Path file = Files.write(folder.resolve("case.epub"), PackageBuilder.build("epub", book));
        return new DocumentReader().read(file, "case.epub", LIMITS);
    }
}
