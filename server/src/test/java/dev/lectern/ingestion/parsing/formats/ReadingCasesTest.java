package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    static Stream<Case> cases() throws IOException {
        return Stream.of(
                        read("markdown.txt", "case.md"),
                        read("html.txt", "case.html"),
                        read("csv.txt", "case.csv"),
                        read("json.txt", "case.json"),
                        read("json-lines.txt", "case.jsonl"),
                        read("mail.txt", "case.eml"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void read_smallFile_givesItsBlocks(Case one) throws IOException {
        Path file = Files.writeString(folder.resolve(one.file()), one.content());
        ParseOutcome outcome = new DocumentReader().read(file, one.file(), LIMITS);
        assertThat(outcome).isInstanceOf(ParseOutcome.Parsed.class);
        assertThat(describe(
                        (ParseOutcome.Parsed) outcome, one.expected().getFirst().startsWith("title: ")))
                .containsExactlyElementsOf(one.expected());
    }

    private static List<String> describe(ParseOutcome.Parsed parsed, boolean titled) {
        List<String> lines = new ArrayList<>();
        if (titled) {
            lines.add("title: " + parsed.document().title());
        }
        String text = parsed.document().text();
        parsed.document()
                .blocks()
                .forEach(block -> lines.add(
                        block.type() + "" + block.level() + " " + block.in(text).replace("\n", "\\n")));
        return lines;
    }

    private static List<Case> read(String resource, String file) throws IOException {
        String all;
        try (InputStream in =
                Objects.requireNonNull(ReadingCasesTest.class.getResourceAsStream("/reading/" + resource))) {
            all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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
