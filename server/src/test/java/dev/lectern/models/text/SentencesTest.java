package dev.lectern.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void of_abbreviationsInitialsAndDecimals_endNoSentence() {
        assertThat(split(
                        "Dr. J. R. Smith of the U.S. Navy paid 3.5 million. He left (c. 1450) with e.g. two men.",
                        "en"))
                .containsExactly(
                        "Dr. J. R. Smith of the U.S. Navy paid 3.5 million.", "He left (c. 1450) with e.g. two men.");
    }

    @Test
    void of_quotesAndMarkersBehindTheMark_belongToTheSentence() {
        assertThat(split("He said \"go.\" They went.[2] It ended! [3] Was it so?", "en"))
                .containsExactly("He said \"go.\"", "They went.[2]", "It ended!", "[3] Was it so?");
    }

    @Test
    void of_lineBreaks_endSentences() {
        assertThat(split("Heading\n1. First step\n2. Second step.\n\n---\n", "en"))
                .containsExactly("Heading", "1. First step", "2. Second step.");
    }

    @Test
    void of_germanOrdinals_endNoSentence() {
        assertThat(split("Er starb am 3. Oktober 1990. Im 19. Jahrhundert war es bzw. blieb es so.", "de"))
                .containsExactly("Er starb am 3. Oktober 1990.", "Im 19. Jahrhundert war es bzw. blieb es so.");
    }

    @Test
    void of_numberAtTheEndInEnglish_endsTheSentence() {
        assertThat(split("He led with 24. The team won.", "en")).containsExactly("He led with 24.", "The team won.");
    }

    @Test
    void of_wideMarks_needNoSpace() {
        assertThat(split("他的队友贡献了 6½ 次擒杀。“真的吗？”他问。", "zh")).containsExactly("他的队友贡献了 6½ 次擒杀。", "“真的吗？”", "他问。");
    }

    @Test
    void of_noText_givesNone() {
        assertThat(Sentences.of("", "en")).isEmpty();
        assertThat(Sentences.of(" \n… — \n", "und")).isEmpty();
    }

    private static List<String> split(String text, String language) {
        return Sentences.of(text, language).stream().map(span -> span.in(text)).toList();
    }
}
