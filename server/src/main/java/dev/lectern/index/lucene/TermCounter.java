package dev.lectern.index.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Analyzes texts and counts their terms, for all index adapters, so that lexical search matches the same terms in each of them. Each language has its
 * own field, so the same spelling in two languages is two terms. Thread-safe.
 */
public final class TermCounter {
    /** BM25 parameter k1: term frequency saturation. */
    public static final float K1 = LuceneTuning.K1;

    /** BM25 parameter b: length normalisation, 0 to 1. */
    public static final float B = LuceneTuning.B;

    /** Maximum number of idle analyzers in the pool; further ones are closed after use. */
    private static final int MAX_IDLE_ANALYZERS = 16;

    private static final List<String> FIELDS = LanguageAnalyzers.fields();

    /**
     * The terms of a text.
     *
     * @param occurrences frequency of each term, ordered by first occurrence
     * @param length number of positions; terms at the same position (a word and its parts) count once
     */
    public record TermCounts(Map<String, Integer> occurrences, int length) {}

    private final LanguageAnalyzers languageAnalyzers = new LanguageAnalyzers();
    private final BlockingQueue<PooledAnalyzer> idle = new ArrayBlockingQueue<>(MAX_IDLE_ANALYZERS);

    /** All possible fields, in a fixed order. */
    public static List<String> fields() {
        return FIELDS;
    }

    /** The field of a language, an ISO 639-1 code or {@code und}. */
    public static String field(String language) {
        return LanguageAnalyzers.field(language);
    }

    /** Truncates a question to the maximum length that is searched. */
    public static String truncate(String question) {
        return question.substring(0, Math.min(question.length(), LuceneTuning.MAX_QUESTION_LENGTH));
    }

    /**
     * Counts the terms of all texts together with the analyzer of one field.
     *
     * @param field one of {@link #fields()}
     */
    public TermCounts count(String field, List<String> texts) {
        return count(List.of(field), texts).getFirst();
    }

    /** Counts the terms with the analyzer of each field, in the order of the fields. */
    public List<TermCounts> count(List<String> fields, List<String> texts) {
        PooledAnalyzer known = idle.poll();
        PooledAnalyzer kit = known == null ? new PooledAnalyzer(languageAnalyzers) : known;
        List<TermCounts> counted =
                fields.stream().map(field -> count(kit, field, texts)).toList();
        if (!idle.offer(kit)) {
            kit.close();
        }
        return counted;
    }

    static TermCounts count(Analyzer analyzer, String field, List<String> texts) {
        Map<String, Integer> words = new LinkedHashMap<>();
        int length = 0;
        for (String text : texts) {
            try (TokenStream tokens = analyzer.tokenStream(field, text)) {
                CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
                PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
                tokens.reset();
                while (tokens.incrementToken()) {
                    words.merge(word.toString(), 1, Integer::sum);
                    length += step.getPositionIncrement() > 0 ? 1 : 0;
                }
                tokens.end();
            } catch (IOException e) {
                throw new UncheckedIOException("Reading from a string cannot fail", e);
            }
        }
        return new TermCounts(words, length);
    }
}
