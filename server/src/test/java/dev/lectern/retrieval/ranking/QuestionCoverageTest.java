package dev.lectern.retrieval.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionCoverageTest {

    @Test
    void of_everyWordThere_isOne() {
        assertThat(QuestionCoverage.of("How long is the warranty?", "A warranty is long."))
                .isOne();
    }

    @Test
    void of_partThere_countsLongWordsMore() {
        // "which" 2, "warranty" 5, "applies" 4; only "warranty" is there
        assertThat(QuestionCoverage.of("Which warranty applies?", "warranty")).isCloseTo(5 / 11.0, within(1e-9));
    }

    @Test
    void of_otherEnding_isFound() {
        assertThat(QuestionCoverage.of("organised", "an organisation")).isOne();
        assertThat(QuestionCoverage.of("warm", "wars")).isZero();
    }

    @Test
    void of_numbers_matchWhole() {
        assertThat(QuestionCoverage.of("1945", "in 19451")).isZero();
        assertThat(QuestionCoverage.of("1945", "in 1945.")).isOne();
    }

    @Test
    void of_chinese_countsPairs() {
        assertThat(QuestionCoverage.of("黑豹队", "黑豹")).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void of_onlyShortWords_isZero() {
        assertThat(QuestionCoverage.of("is it so?", "it is so")).isZero();
    }

    @Test
    void isEnough_knownLanguage_goesByCosine() {
        assertThat(EvidenceRule.isSufficient("what is it", 0.7, List.of("something"), 1))
                .isTrue();
        assertThat(EvidenceRule.isSufficient("what is it", 0.5, List.of("something"), 1))
                .isFalse();
    }

    @Test
    void isEnough_unknownLanguage_goesByWords() {
        assertThat(EvidenceRule.isSufficient("¿Cuánto dura la garantía?", 0.9, List.of("El perro"), 0))
                .isFalse();
        assertThat(EvidenceRule.isSufficient("¿Cuánto dura la garantía?", 0.2, List.of("La garantía dura un año"), 0))
                .isTrue();
    }

    @Test
    void isEnough_withoutEmbeddings_goesByWords() {
        assertThat(EvidenceRule.isSufficient("parental leave", -1, List.of("parental leave"), 1))
                .isTrue();
    }
}
