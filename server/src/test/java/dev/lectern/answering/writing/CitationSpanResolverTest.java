package dev.lectern.answering.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.text.Span;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CitationSpanResolverTest {
    private static final String LEAVE =
            "This chapter is about leave. Employees receive 28 days of annual leave each year. Unused days expire on 31 March. "
                    + "Ask the office, please.";

    @Test
    void spans_markerAfterTheFullStop_belongsToTheSentenceBefore() {
        assertThat(quote("You get 28 days a year. [1] The rest is open."))
                .isEqualTo("Employees receive 28 days of annual leave each year.");
    }

    @Test
    void spans_markersBeforeTheirSentences_belongToThese() {
        assertThat(quote("[1] Days that are not used expire in March. That is early."))
                .isEqualTo("Unused days expire on 31 March.");
        assertThat(quote("[2] It is generous. [1] Days that are not used expire in March."))
                .isEqualTo("Unused days expire on 31 March.");
    }

    @Test
    void spans_markerWithin_belongsToItsSentence() {
        assertThat(quote("It is generous. Days that are not used expire in March [1]."))
                .isEqualTo("Unused days expire on 31 March.");
    }

    @Test
    void spans_twoSentencesWithOneNumber_coverBoth() {
        assertThat(quote("You get 28 days [1]. Unused ones expire [1]."))
                .isEqualTo("Employees receive 28 days of annual leave each year. Unused days expire on 31 March.");
    }

    @Test
    void spans_nothingInCommon_isTheWholePassage() {
        assertThat(quote("Man bekommt achtundzwanzig. [1]")).isEqualTo(LEAVE);
    }

    @Test
    void spans_chinese_findsTheSentence() {
        String passage = "本章说明假期。员工每年享有二十八天年假。未用的天数于三月三十一日失效。";
        Map<Integer, Span> spans = CitationSpanResolver.resolve(
                "每年有二十八天年假[1]。", List.of(new CitationMarker(1, 9)), Map.of(1, new CitablePassage(passage, "en")), "en");
        Span span = Objects.requireNonNull(spans.get(1));
        assertThat(passage.substring(span.start(), span.end())).isEqualTo("员工每年享有二十八天年假。");
    }

    @Test
    void spans_linesAndLists_endSentences() {
        String passage = "Prices\n\n- Apples cost 2 euros\n- Pears cost 3 euros\n- Plums are not sold";
        Map<Integer, Span> spans = CitationSpanResolver.resolve(
                "Pears are 3 euros [1]",
                List.of(new CitationMarker(1, 18)),
                Map.of(1, new CitablePassage(passage, "en")),
                "en");
        Span span = Objects.requireNonNull(spans.get(1));
        assertThat(passage.substring(span.start(), span.end())).isEqualTo("- Pears cost 3 euros");
    }

    private static String quote(String answer) {
        CitationMarkerFilter filter = new CitationMarkerFilter(Set.of(1, 2), _ -> {});
        filter.write(answer);
        filter.end();
        Span span = Objects.requireNonNull(CitationSpanResolver.resolve(
                        filter.text(), filter.markers(), Map.of(1, new CitablePassage(LEAVE, "en")), "en")
                .get(1));
        return LEAVE.substring(span.start(), span.end());
    }
}
