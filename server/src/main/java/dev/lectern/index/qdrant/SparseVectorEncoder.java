package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.lucene.TermCounter;
import dev.lectern.index.lucene.TermCounter.TermCounts;
import io.qdrant.client.grpc.Points.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Encodes terms as sparse vectors, so that Qdrant's dot product is the BM25 score. A passage's weight of a word is BM25's term frequency part, {@code tf / (tf + k1 * (1 -
 * b + b * length / average))}; Qdrant multiplies it with the word's rarity, {@code ln(1 + (N - n + 0.5) / (n + 0.5))}, and the question's weight is how often it
 * says the word. So far that is what Lucene computes, with two differences: the average length is fixed, since a passage's weights cannot change when
 * others come, and N counts the passages of all languages.
 */
final class SparseVectorEncoder {
    /** Assumed average number of terms of a passage with its title and headings; not measured on real passages. */
    static final float AVERAGE_LENGTH = 120;

    /** Maximum number of terms of a question, for each language. */
    private static final int MAX_QUESTION_WORDS = 256;

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final TermCounter termCounter = new TermCounter();

    /** Encodes a passage; empty when it has no terms. */
    SparseVector encodePassage(IndexedPassage passage) {
        List<String> texts = new ArrayList<>(passage.headings().size() + 2);
        texts.add(passage.title());
        texts.addAll(passage.headings());
        texts.add(passage.text());
        String field = TermCounter.field(passage.language());
        TermCounts counted = termCounter.count(field, texts);
        float soft = TermCounter.K1 * (1 - TermCounter.B + TermCounter.B * counted.length() / AVERAGE_LENGTH);
        Map<Integer, Float> weights = new TreeMap<>(Integer::compareUnsigned);
        counted.occurrences()
                .forEach((word, times) -> weights.merge(index(field, word), times / (times + soft), Float::sum));
        return vector(weights);
    }

    /** Encodes a question with the analyzer of every language; terms of languages that no passage has match nothing. Empty when it has no terms. */
    SparseVector encodeQuestion(String question) {
        List<TermCounts> counted = termCounter.count(TermCounter.fields(), List.of(TermCounter.truncate(question)));
        Map<Integer, Float> weights = new TreeMap<>(Integer::compareUnsigned);
        for (int i = 0; i < counted.size(); i++) {
            String field = TermCounter.fields().get(i);
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

    /** FNV-1a hash of field, separator and term with a final mix. Of a million terms about a hundred collide. */
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
