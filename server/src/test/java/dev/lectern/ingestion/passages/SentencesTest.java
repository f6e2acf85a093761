package dev.lectern.ingestion.passages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void of_abbreviationsAndInitials_doNotEndSentences() {
        assertThat(sentences("Dr. Smith met J. Doe, e.g. Monday. They talked (see Fig. 3). Then left."))
                .containsExactly("Dr. Smith met J. Doe, e.g. Monday.", "They talked (see Fig. 3).", "Then left.");
    }

    @Test
    void of_chineseAndJapanese_endAtTheirFullStops() {
        assertThat(sentences("今天天气很好。我们去公园吧！你来吗？")).containsExactly("今天天气很好。", "我们去公园吧！", "你来吗？");
    }

    @Test
    void of_otherScripts_endAtTheirMarks() {
        assertThat(sentences("यह पहला है। यह दूसरा है।")).hasSize(2);
        assertThat(sentences("هل أنت بخير؟ نعم.")).hasSize(2);
        assertThat(sentences("¿Qué pasa? Nada.")).hasSize(2);
    }

    private static List<String> sentences(String text) {
        return Sentences.of(text, 0, text.length()).stream()
                .map(span -> text.substring(span.start(), span.end()))
                .toList();
    }
}
