package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.lucene.Words;
import dev.lectern.index.lucene.Words.Counted;
import io.qdrant.client.grpc.Points.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words as sparse vectors, so that Qdrant's dot product is BM25. A passage's weight of a word is BM25's term frequency part, {@code tf / (tf + k1 * (1 -
 * b + b * length / average))}; Qdrant multiplies it with the word's rarity, {@code ln(1 + (N - n + 0.5) / (n + 0.5))}, and the question's weight is how often it
 * says the word. So far that is what Lucene computes, with two differences: the average length is fixed, since a passage's weights cannot change when
 * others come, and N counts the passages of all languages.
 */
final class SparseWords {
    /** An assumed number of words of a passage with its title and headings; not yet counted over real passages. */
    static final float AVERAGE_LENGTH = 120;

    /** Words of a question that are searched for, for each language. */
    private static final int MAX_QUESTION_WORDS = 256;

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Words words = new Words();

    /** Empty for a passage without a word. */
    SparseVector of(IndexedPassage passage) {
        List<String> texts = new ArrayList<>(passage.headings().size() + 2);
        texts.add(passage.title());
        texts.addAll(passage.headings());
        texts.add(passage.text());
        String field = Words.field(passage.language());
        Counted counted = words.count(field, texts);
        float soft = Words.K1 * (1 - Words.B + Words.B * counted.length() / AVERAGE_LENGTH);
        Map<Integer, Float> weights = new TreeMap<>(Integer::compareUnsigned);
        counted.occurrences()
                .forEach((word, times) -> weights.merge(index(field, word), times / (times + soft), Float::sum));
        return vector(weights);
    }

    /** The question's words by the rules of every language: those of languages that no passage has find nothing. Empty for one without a word. */
    SparseVector ofQuestion(String question) {
        List<Counted> counted = words.count(Words.fields(), List.of(Words.bounded(question)));
        Map<Integer, Float> weights = new TreeMap<>(Integer::compareUnsigned);
        for (int i = 0; i < counted.size(); i++) {
            String field = Words.fields().get(i);
            counted.get(i).occurrences().entrySet().stream()
                    .limit(MAX_QUESTION_WORDS)
                    .forEach(word -> weights.merge(
                            index(field, word.getKey()), word.getValue().floatValue(), Float::sum));
        }
        return vector(weights);
    }

    private static SparseVector vector(Map<Integer, Float> weights) {
        SparseVector.Builder vector = SparseVector.newBuilder();
        weights.forEach((index, weight) -> vector.addIndices(index).addValues(weight));
        return vector.build();
    }

    /** FNV-1a over the field, a separator and the word, mixed so that all bits count; of a million words some hundred share theirs with another. */
    static int index(String field, String word) {
        long hash = mixIn(mixIn(FNV_START, field) * FNV_PRIME, word);
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (hash >>> 32);
    }

    private static long mixIn(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
