package dev.lectern.answering.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answering.support.UnsupportedSentence.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SupportCheckTest {
    private static final Map<Integer, String> CITED =
            Map.of(1, "Tesla moved to New York in 1884.", 2, "Marconi got the Nobel Prize in 1909.");

    private final SupportCheck check = new SupportCheck();

    @Test
    void check_markersBeforeTheirSentences_supportThese() {
        Map<Integer, String> cited = Map.of(1, "Employees receive 28 days.", 2, "Unused days expire on 31 March.");
        assertThat(new SupportCheck()
                        .check("[1] Employees receive 28 days. [2] Unused days expire on 31 March.", cited, "en"))
                .isEmpty();
        assertThat(new SupportCheck()
                        .check("[1] Employees receive 28 days. [1] Unused days expire on 30 April.", cited, "en"))
                .hasSize(1);
    }

    @Test
    void check_markerBehindTheFullStop_belongsToTheSentenceBefore() {
        assertThat(check.check("Tesla came in 1884. [1] Marconi got it in 1909. [2]", CITED, "en"))
                .isEmpty();
        assertThat(check.check("Tesla came in 1884.[1] Marconi got it in 1909.[2]", CITED, "en"))
                .isEmpty();
    }

    @Test
    void check_numberOfAnotherPassage_isMarkedWithItsOffsets() {
        String answer = "Tesla came in 1884 [1]. He left in 1909 [1].";

        List<UnsupportedSentence> unsupported = check.check(answer, CITED, "en");

        assertThat(unsupported).hasSize(1);
        assertThat(unsupported.getFirst().reason()).isEqualTo(Reason.NUMBER);
        assertThat(answer.substring(
                        unsupported.getFirst().start(), unsupported.getFirst().end()))
                .isEqualTo("He left in 1909 [1].");
    }

    @Test
    void check_twoMarkers_takesBothPassages() {
        assertThat(check.check("Tesla came in 1884 and Marconi got the prize in 1909 [1][2].", CITED, "en"))
                .isEmpty();
    }

    @Test
    void check_markerThatWasNotGiven_countsAsNone() {
        assertThat(check.check("Tesla came in 1884 [7].", CITED, "en"))
                .extracting(UnsupportedSentence::reason)
                .containsExactly(Reason.NO_CITATION);
    }

    @Test
    void check_listWithItsIntroduction_marksItemsAlone() {
        String answer = "Two things happened:\n1. Tesla came to New York [1].\n2. Marconi was given a prize.";

        assertThat(check.check(answer, CITED, "en"))
                .extracting(found -> answer.substring(found.start(), found.end()))
                .containsExactly("2. Marconi was given a prize.");
    }

    @Test
    void check_emptyAnswer_hasNothingToMark() {
        assertThat(check.check("", CITED, "en")).isEmpty();
        assertThat(check.check("[1] [2]", CITED, "en")).isEmpty();
    }

    @Test
    void check_veryLongLine_isQuick() {
        String line = "document is ".repeat(20_000);

        assertThat(check.check(line + " [1].", CITED, "en")).isEmpty();
    }
}
