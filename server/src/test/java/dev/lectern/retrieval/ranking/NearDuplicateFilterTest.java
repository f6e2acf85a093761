package dev.lectern.retrieval.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearDuplicateFilterTest {
    private static final String LONG =
            IntStream.range(0, 200).mapToObj(i -> "word" + i * 7).collect(Collectors.joining(" "));

    private static List<String> kept(List<String> texts, int limit) {
        return NearDuplicateFilter.removeDuplicates(texts, Function.identity(), text -> false, limit);
    }

    @Test
    void dropped_sameTextWithOtherCaseAndSpaces_isLeftOut() {
        assertThat(kept(List.of(LONG, LONG.toUpperCase(Locale.ROOT) + "\n"), 5)).containsExactly(LONG);
    }

    @Test
    void dropped_anotherFooter_isLeftOut() {
        assertThat(kept(List.of(LONG, LONG + " page two"), 5)).containsExactly(LONG);
    }

    @Test
    void dropped_rowsThatDifferInANumberOnly_areKept() {
        List<String> rows = List.of(LONG + " TS-0087", LONG + " TS-0088", LONG + " TS-0087");

        assertThat(NearDuplicateFilter.removeDuplicates(rows, Function.identity(), text -> true, 5))
                .containsExactly(rows.get(0), rows.get(1));
        assertThat(kept(rows, 5)).containsExactly(rows.getFirst());
    }

    @Test
    void dropped_halfInCommon_isKept() {
        String half = LONG.substring(0, LONG.length() / 2) + " and from here on it is about something else entirely "
                + IntStream.range(0, 100).mapToObj(i -> "other" + i).collect(Collectors.joining(" "));

        assertThat(kept(List.of(LONG, half), 5)).hasSize(2);
    }

    @Test
    void dropped_shortDifferentTexts_areKept() {
        assertThat(kept(List.of("one two", "one three", "one two"), 5)).containsExactly("one two", "one three");
    }

    @Test
    void dropped_limit_stops() {
        assertThat(kept(List.of("first thing", "second thing", "third thing"), 2))
                .containsExactly("first thing", "second thing");
    }
}
