package dev.lectern.retrieval.ranking;

import dev.lectern.text.Span;
import dev.lectern.text.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Removes passages that say the same as a better ranked one, such as a copy of a page with another footer. Texts are compared by the smallest hashes of
 * their runs of words (Broder's min-wise sketches), so that comparing costs the same for long and short ones.
 */
public final class NearDuplicateFilter {
    /** Share of common runs from which two texts count as the same: at a lower one paragraphs from one template would be. */
    static final double SAME = 0.9;

    private static final int RUN = 4;
    private static final int SKETCH = 64;

    private NearDuplicateFilter() {}

    /**
     * @param ranking best first
     * @param exact whether a text is removed only if it equals another one: rows of a table may differ in nothing but a number, and say something else
     * @param limit number of results, at most
     */
    public static <T> List<T> removeDuplicates(
            List<T> ranking, Function<T, String> text, Predicate<T> exact, int limit) {
        List<T> kept = new ArrayList<>();
        List<long[]> sketches = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (T candidate : ranking) {
            if (kept.size() == limit) {
                break;
            }
            if (exact.test(candidate)) {
                if (texts.add(text.apply(candidate).strip())) {
                    kept.add(candidate);
                }
                continue;
            }
            long[] sketch = sketch(text.apply(candidate));
            if (sketches.stream().noneMatch(other -> similarity(sketch, other) >= SAME)) {
                kept.add(candidate);
                sketches.add(sketch);
            }
        }
        return kept;
    }

    /** Share of common runs; 0 as soon as it cannot be {@link #SAME} any more. */
    private static double similarity(long[] one, long[] other) {
        int i = 0;
        int j = 0;
        int common = 0;
        int seen = 0;
        int size = Math.min(SKETCH, Math.max(one.length, other.length));
        while (seen < size && (i < one.length || j < other.length)) {
            boolean inOne = j >= other.length || (i < one.length && one[i] <= other[j]);
            boolean inOther = i >= one.length || (j < other.length && other[j] <= one[i]);
            common += inOne && inOther ? 1 : 0;
            i += inOne ? 1 : 0;
            j += inOther ? 1 : 0;
            seen++;
            if (seen - common > (1 - SAME) * size) {
                return 0;
            }
        }
        return seen == 0 ? 1 : (double) common / seen;
    }

    private static long[] sketch(String text) {
        long[] words = wordHashes(text);
        int runs = Math.max(words.length == 0 ? 0 : 1, words.length - RUN + 1);
        long[] hashes = new long[runs];
        for (int i = 0; i < runs; i++) {
            long hash = 17;
            for (int j = i; j < Math.min(i + RUN, words.length); j++) {
                hash = mixed(hash * 31 + words[j]);
            }
            hashes[i] = hash;
        }
        Arrays.sort(hashes);
        return Arrays.stream(hashes).distinct().limit(SKETCH).toArray();
    }

    /** Hashes of words in lower case; of dense scripts, of characters. */
    private static long[] wordHashes(String text) {
        long[] hashes = new long[text.length()];
        int count = 0;
        for (Span word : WordTokenizer.of(text)) {
            boolean dense = WordTokenizer.isDense(text.codePointAt(word.start()));
            long hash = 0;
            int character;
            for (int at = word.start(); at < word.end(); at += Character.charCount(character)) {
                character = text.codePointAt(at);
                if (dense) {
                    hashes[count++] = mixed(character);
                } else {
                    hash = hash * 31 + Character.toLowerCase(character);
                }
            }
            if (!dense) {
                hashes[count++] = mixed(hash);
            }
        }
        return Arrays.copyOf(hashes, count);
    }

    /** The finaliser of SplitMix64: neighbouring inputs get unrelated outputs. */
    private static long mixed(long value) {
        long bits = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}
