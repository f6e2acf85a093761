package dev.lectern.retrieval.rewriting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpRuleTest {

    @Test
    void of_firstQuestion_isAsIs() {
        assertThat(FollowUpRule.of("How long is the warranty?", List.of()))
                .isEqualTo(RewrittenQuestion.unchanged("How long is the warranty?"));
    }

    @Test
    void of_pointingBack_searchesBothWordings() {
        RewrittenQuestion rewrittenQuestion =
                FollowUpRule.of("How long does it last?", List.of("Old", "What does the warranty cover?"));

        assertThat(rewrittenQuestion.standalone()).isEqualTo("How long does it last? warranty cover");
        assertThat(rewrittenQuestion.queries())
                .containsExactly(
                        new RewrittenQuestion.WeightedQuery("How long does it last?", 0.5),
                        new RewrittenQuestion.WeightedQuery("How long does it last? warranty cover", 0.5));
    }

    @Test
    void of_completeQuestion_staysAndIsSearchedMostly() {
        String question = "Which countries joined the customs union in 1992?";
        RewrittenQuestion rewrittenQuestion = FollowUpRule.of(question, List.of("What does the warranty cover?"));

        assertThat(rewrittenQuestion.standalone()).isEqualTo(question);
        assertThat(rewrittenQuestion.queries().getFirst())
                .isEqualTo(new RewrittenQuestion.WeightedQuery(question, 0.8));
    }

    @Test
    void of_emptyQuestionBefore_isAsIs() {
        assertThat(FollowUpRule.of("And why?", List.of("What is it?")).queries())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "And why?",
                "Who wrote it and where was the book printed?",
                "Wie lange hält sie bei normaler Nutzung?",
                "¿Y cuánto cuesta cada una de las piezas?",
                "What is the price?",
                "The second option?",
                "Prices?"
            })
    void pointsBack_followUp_isTrue(String question) {
        assertThat(FollowUpRule.refersBack(question)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which countries joined the customs union in 1992?",
                "When is the cafeteria open?",
                "Welche Länder traten 1992 der Zollunion bei?",
                "黑豹队的防守丢了多少分？"
            })
    void pointsBack_completeQuestion_isFalse(String question) {
        assertThat(FollowUpRule.refersBack(question)).isFalse();
    }
}
