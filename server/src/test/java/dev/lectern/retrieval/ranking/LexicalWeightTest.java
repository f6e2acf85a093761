package dev.lectern.retrieval.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.index.SearchHit;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LexicalWeightTest {
    private static final Set<String> ENGLISH = Set.of("en");

    private static List<SearchHit> hits(String language, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SearchHit(new PassageId("p" + i), new DocumentId("d"), 1, language, 1f))
                .toList();
    }

    @Test
    void of_knownLanguage_trustsEmbeddings() {
        double known = LexicalWeight.knownShare("en", hits("en", 50), hits("en", 50), ENGLISH);

        assertThat(LexicalWeight.of(known)).isEqualTo(LexicalWeight.KNOWN_LANGUAGE);
    }

    @Test
    void of_unknownLanguage_trustsWords() {
        double known = LexicalWeight.knownShare("es", hits("es", 50), hits("es", 50), ENGLISH);

        assertThat(LexicalWeight.of(known)).isEqualTo(LexicalWeight.UNKNOWN_LANGUAGE);
    }

    @Test
    void knownShare_questionMistakenForAnother_isOutvoted() {
        assertThat(LexicalWeight.knownShare("nl", hits("en", 50), hits("en", 50), ENGLISH))
                .isCloseTo(2 / 3.0, within(1e-9));
    }

    @Test
    void knownShare_undetermined_doesNotVote() {
        assertThat(LexicalWeight.knownShare("und", hits("de", 3), hits("und", 9), ENGLISH))
                .isZero();
        assertThat(LexicalWeight.knownShare("und", List.of(), List.of(), ENGLISH))
                .isOne();
    }

    @Test
    void knownShare_embedderOfAllLanguages_isOne() {
        assertThat(LexicalWeight.knownShare("th", hits("th", 3), hits("th", 3), Set.of("*")))
                .isOne();
    }
}
