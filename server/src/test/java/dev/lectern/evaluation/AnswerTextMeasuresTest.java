package dev.lectern.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextMeasuresTest {

    @Test
    void contains_otherCasePunctuationAndSpaces_isTrue() {
        assertThat(AnswerTextMeasures.contains(
                        "It was the \"golden  anniversary\", they say [1].", List.of("Golden Anniversary")))
                .isTrue();
        assertThat(AnswerTextMeasures.contains("它丢了 308分。", List.of("308 分"))).isTrue();
    }

    @Test
    void contains_markerBetweenWords_doesNotSeparate() {
        assertThat(AnswerTextMeasures.contains("in the 10th [2] century", List.of("10th century")))
                .isTrue();
    }

    @Test
    void contains_numberOfAMarker_doesNotCount() {
        assertThat(AnswerTextMeasures.contains("It was so [12].", List.of("12")))
                .isFalse();
    }

    @Test
    void contains_noneOrEmptyAnswers_isFalse() {
        assertThat(AnswerTextMeasures.contains("text", List.of())).isFalse();
        assertThat(AnswerTextMeasures.contains("text", List.of("?"))).isFalse();
    }

    @Test
    void words_markersAndPunctuation_doNotCount() {
        assertThat(AnswerTextMeasures.countWords("Three small words [1], – [2]."))
                .isEqualTo(3);
    }

    @Test
    void sentences_markersBetween_areTwo() {
        assertThat(AnswerTextMeasures.countSentences("One sentence. [1] Another one here. [2]"))
                .isEqualTo(2);
    }
}
