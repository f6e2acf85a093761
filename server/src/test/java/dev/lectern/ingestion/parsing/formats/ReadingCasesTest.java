package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.ReadingNotice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small files of each text format with the blocks that are read of them: {@code reading/*.txt}, where a case is a few lines. */
class ReadingCasesTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    /**
     * One case.
     *
     * @param file name that gives the format
     * @param expected lines as {@link #describe} writes them
     */
    record Case(String file, String name, String content, List<String> expected) {
        @Override
        public String toString() {
            return file + ": " + name;
        }
    }

    static Stream<Case> cases() throws Exception {
        URI folder = Objects.requireNonNull(ReadingCasesTest.class.getResource("/reading"))
                .toURI();
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> resources = Files.list(Path.of(folder))) {
            for (Path resource : resources.sorted().toList()) {
                cases.addAll(read(resource));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_smallFile_givesItsBlocks(Case one) throws IOException {
        Path file = Files.writeString(folder.resolve(one.file()), one.content());
        ParseOutcome outcome = new DocumentReader().read(file, one.file(), LIMITS);
        assertThat(outcome).isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(describe((ParseOutcome.Parsed) outcome, one.expected())).containsExactlyElementsOf(one.expected());
    }

    /** @param expected tells what the case is about */
    static List<String> describe(ParseOutcome.Parsed parsed, List<String> expected) {
        ParsedDocument document = parsed.document();
        List<String> lines = new ArrayList<>();
        if (expected.getFirst().startsWith("title: ")) {
            lines.add("title: " + document.title());
        }
        if (expected.stream().anyMatch(line -> line.startsWith("metadata: "))) {
            new TreeMap<>(document.metadata())
                    .forEach((key, values) -> lines.add("metadata: " + key + " = " + String.join("; ", values)));
        }
        if (expected.stream().anyMatch(line -> line.startsWith("notice: "))) {
            document.notices().forEach(notice -> lines.add("notice: " + describe(notice)));
            if (document.notices().isEmpty()) {
                lines.add("notice: none");
            }
        }
        document.blocks()
                .forEach(block -> lines.add(block.type() + "" + block.level()
                        + (block.marks().isEmpty() ? "" : new TreeSet<>(block.marks()).toString())
                        + " "
                        + block.in(document.text()).replace("\n", "\\n")));
        return lines;
    }

    private static String describe(ReadingNotice notice) {
        return notice.kind() + " " + notice.count()
                + (notice.total() == null ? "" : " of " + notice.total())
                + (notice.detail() == null ? "" : ": " + notice.detail());
    }

    /** Reads a resource with cases. */
    static List<Case> read(Path resource) throws IOException {
        String all = Files.readString(resource);
        String file = all.lines().findFirst().orElseThrow().substring("file: ".length());
        List<Case> cases = new ArrayList<>();
        for (String part : all.split("(?m)^=== ", -1)) {
            int content = part.indexOf('\n') + 1;
            int expected = part.indexOf("\n-->\n", content);
            if (expected >= 0) {
                cases.add(new Case(
                        file,
                        part.substring(0, content).strip(),
                        part.substring(content, expected + 1),
                        part.substring(expected + 5)
                                .lines()
                                .filter(line -> !line.isBlank())
                                .toList()));
            }
        }
        return cases;
    }
}
