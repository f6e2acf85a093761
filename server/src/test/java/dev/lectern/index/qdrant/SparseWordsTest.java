package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassages.language;
import static dev.lectern.index.IndexedPassages.passage;
import static dev.lectern.index.IndexedPassages.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qdrant.client.grpc.Points.SparseVector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SparseWordsTest {
    private final SparseWords words = new SparseWords();

    @Test
    void of_passage_hasTheFrequencyPartOfBm25() {
        SparseVector vector = words.of(passage("a", "cat dog cat"));
        float soft = 0.9f * (1 - 0.4f + 0.4f * 3 / SparseWords.AVERAGE_LENGTH);
        assertThat(weight(vector, "cat")).isCloseTo(2 / (2 + soft), within(1e-6f));
        assertThat(weight(vector, "dog")).isCloseTo(1 / (1 + soft), within(1e-6f));
        assertThat(vector.getIndicesCount()).isEqualTo(2);
    }

    @Test
    void of_titleAndHeadings_countAsText() {
        assertThat(words.of(titled(passage("a", "cat"), "cat", List.of("dog"))))
                .isEqualTo(words.of(passage("a", "cat dog cat")));
    }

    @Test
    void of_noWord_isEmpty() {
        assertThat(words.of(passage("a", " ?! ")).getIndicesCount()).isZero();
        assertThat(words.ofQuestion("???").getIndicesCount()).isZero();
    }

    @Test
    void of_otherLanguage_isAnotherWord() {
        SparseVector english = words.of(passage("a", "hotel"));
        SparseVector german = words.of(language(passage("a", "hotel"), "de"));
        assertThat(english.getIndicesList()).doesNotContainAnyElementsOf(german.getIndicesList());
        assertThat(words.ofQuestion("hotel").getIndicesList())
                .containsAll(english.getIndicesList())
                .containsAll(german.getIndicesList());
    }

    @Test
    void ofQuestion_repeatedWord_countsAsOften() {
        assertThat(weight(words.ofQuestion("cat cat dog"), "cat")).isEqualTo(2);
        assertThat(weight(words.ofQuestion("cat cat dog"), "dog")).isEqualTo(1);
    }

    @Test
    void ofQuestion_indices_areOrderedAndUnique() {
        List<Integer> indices =
                words.ofQuestion("to be or not to be, that is the question").getIndicesList();
        assertThat(indices).isSortedAccordingTo(Integer::compareUnsigned).doesNotHaveDuplicates();
    }

    /** A change would make every collection that there is useless: it needs another number of the layout. */
    @Test
    void index_ofAWord_staysTheSame() {
        assertThat(Integer.toUnsignedString(SparseWords.index("text_en", "cat")))
                .isEqualTo("1201474873");
        assertThat(Integer.toUnsignedString(SparseWords.index("text_de", "straß")))
                .isEqualTo("2232087563");
    }

    @Test
    void index_manyWords_areSpread() {
        Set<Integer> indices = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            indices.add(SparseWords.index("text_en", "word" + i));
        }
        assertThat(indices).hasSizeGreaterThan(199_980);
    }

    private static float weight(SparseVector vector, String word) {
        int at = vector.getIndicesList().indexOf(SparseWords.index("text_en", word));
        return vector.getValues(at);
    }
}
