package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
        String extension = FileNameParser.extensionOf(one.file());
        Path file = Files.write(folder.resolve(one.file()), PackageBuilder.build(extension, one.content()));
        ParseOutcome outcome = new DocumentReader().read(file, one.file(), LIMITS);
        assertThat(outcome).as("%s", outcome).isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(ReadingCasesTest.describe((ParseOutcome.Parsed) outcome, one.expected()))
                .containsExactlyElementsOf(one.expected());
    }
}
