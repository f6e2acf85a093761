package dev.lectern.answering.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationMarkerFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Water boils. [1]               | Water boils. [1]",
                "Water boils [1, 2].            | Water boils [1][2].",
                "Water boils [1][2].            | Water boils [1][2].",
                "Water boils [1-3].             | Water boils [1][2][3].",
                "Water boils 【2】.              | Water boils [2].",
                "水沸腾［1］。                    | 水沸腾[1]。",
                "Water boils [^2].              | Water boils [2].",
                "Water boils [Passage 2].       | Water boils [2].",
                "Water boils [7].               | Water boils.",
                "Water boils [1, 7].            | Water boils [1].",
                "Water boils [0] [99999].       | Water boils.",
                "See [the rules] and [x].       | See [the rules] and [x].",
                "An array `a[1]` has [1] more.  | An array `a[1]` has [1] more.",
                "Open [ and [ 1 ]               | Open [ and [1]",
                "Go [1](http://evil.example)    | Go [1] (http://evil.example)",
                "[1]: http://evil.example       | [1] : http://evil.example",
                "Not closed [1                  | Not closed [1",
            })
    void write_whatModelsDo_letsGivenMarkersThrough(String written, String expected) {
        assertThat(filtered(List.of(written))).isEqualTo(expected);
    }

    @Test
    void write_splitAnywhere_givesTheSame() {
        String written = "First [1, 2]. Then 【3】 and [9] or [link](x) `a[2]` ```\ncode[1]\n``` end [1]";
        String whole = filtered(List.of(written));
        Random random = new Random(5);
        for (int round = 0; round < TestRun.repetitions(200, 50_000); round++) {
            List<String> pieces = new ArrayList<>();
            int from = 0;
            while (from < written.length()) {
                int to = Math.min(written.length(), from + 1 + random.nextInt(6));
                pieces.add(written.substring(from, to));
                from = to;
            }
            assertThat(filtered(pieces)).isEqualTo(whole);
        }
    }

    @Test
    void write_fencedCode_isLeftAlone() {
        String code = "```java\nint x = a[1];\n```\n";
        assertThat(filtered(List.of(code))).isEqualTo(code);
        assertThat(filtered(List.of(code + "So [1] it is."))).endsWith("So [1] it is.");
    }

    @Test
    void markers_standWhereTheyAreSaid() {
        CitationMarkerFilter filter = new CitationMarkerFilter(Set.of(1, 2, 3), _ -> {});
        filter.write("One [8] two [1, 3]. Three [2]");
        filter.end();
        assertThat(filter.markers()).hasSize(3);
        for (CitationMarker citationMarker : filter.markers()) {
            assertThat(filter.text()).startsWith("One");
            assertThat(filter.text().substring(citationMarker.at())).startsWith("[" + citationMarker.number() + "]");
        }
    }

    @Test
    void write_endlessBracket_holdsLittleBack() {
        StringBuilder out = new StringBuilder();
        CitationMarkerFilter filter = new CitationMarkerFilter(Set.of(1), out::append);
        filter.write("[" + "1".repeat(10_000));
        assertThat(out.length()).isGreaterThan(9_900);
    }

    private static String filtered(List<String> pieces) {
        StringBuilder out = new StringBuilder();
        CitationMarkerFilter filter = new CitationMarkerFilter(Set.of(1, 2, 3), out::append);
        pieces.forEach(filter::write);
        filter.end();
        assertThat(out.toString()).isEqualTo(filter.text());
        return out.toString();
    }
}
