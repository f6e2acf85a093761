package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.language;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static dev.lectern.index.IndexedPassageFixtures.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qdrant.client.grpc.Points.SparseVector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SparseVectorEncoderTest {
    private final SparseVectorEncoder words = new SparseVectorEncoder();

    @Test
    void of_passage_hasTheFrequencyPartOfBm25() {
        SparseVector vector = words.encodePassage(passage("a", "cat dog cat"));
        float soft = 0.9f * (1 - 0.4f + 0.4f * 3 / SparseVectorEncoder.AVERAGE_LENGTH);
        assertThat(weight(vector, "cat")).isCloseTo(2 / (2 + soft), within(1e-6f));
        assertThat(weight(vector, "dog")).isCloseTo(1 / (1 + soft), within(1e-6f));
        assertThat(vector.getIndicesCount()).isEqualTo(2);
    }

    @Test
    void of_titleAndHeadings_countAsText() {
        assertThat(words.encodePassage(titled(passage("a", "cat"), "cat", List.of("dog"))))
                .isEqualTo(words.encodePassage(passage("a", "cat dog cat")));
    }

    @Test
    void of_noWord_isEmpty() {
        assertThat(words.encodePassage(passage("a", " ?! ")).getIndicesCount()).isZero();
        assertThat(words.encodeQuestion("???").getIndicesCount()).isZero();
    }

    @Test
    void of_otherLanguage_isAnotherWord() {
        SparseVector english = words.encodePassage(passage("a", "hotel"));
        SparseVector german = words.encodePassage(language(passage("a", "hotel"), "de"));
        assertThat(english.getIndicesList()).doesNotContainAnyElementsOf(german.getIndicesList());
        assertThat(words.encodeQuestion("hotel").getIndicesList())
                .containsAll(english.getIndicesList())
                .containsAll(german.getIndicesList());
    }

    @Test
    void ofQuestion_repeatedWord_countsAsOften() {
        assertThat(weight(words.encodeQuestion("cat cat dog"), "cat")).isEqualTo(2);
        assertThat(weight(words.encodeQuestion("cat cat dog"), "dog")).isEqualTo(1);
    }

    @Test
    void ofQuestion_indices_areOrderedAndUnique() {
        List<Integer> indices =
                words.encodeQuestion("to be or not to be, that is the question").getIndicesList();
        assertThat(indices).isSortedAccordingTo(Integer::compareUnsigned).doesNotHaveDuplicates();
    }

    /** A change would make every collection that there is useless: it needs another number of the layout. */
    @Test
    void index_ofAWord_staysTheSame() {
        assertThat(Integer.toUnsignedString(SparseVectorEncoder.index("text_en", "cat")))
                .isEqualTo("1201474873");
        assertThat(Integer.toUnsignedString(SparseVectorEncoder.index("text_de", "straß")))
                .isEqualTo("2232087563");
    }

    @Test
    void index_manyWords_areSpread() {
        Set<Integer> indices = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            indices.add(SparseVectorEncoder.index("text_en", "word" + i));
        }
        assertThat(indices).hasSizeGreaterThan(199_980);
    }

    private static float weight(SparseVector vector, String word) {
        int at = vector.getIndicesList().indexOf(SparseVectorEncoder.index("text_en", word));
        return vector.getValues(at);
    }
}
