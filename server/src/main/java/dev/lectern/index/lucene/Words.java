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
 * How texts become words, for every adapter: what one index finds by words the others find as well. Each language has a field of its own, so that
 * the same letters in two languages are two words. Thread-safe.
 */
public final class Words {
    /** BM25: how soon further occurrences of a word stop to count. */
    public static final float K1 = Ranking.K1;

    /** BM25: how much the length of a passage counts, 0 to 1. */
    public static final float B = Ranking.B;

    /** More are made when more threads count at the same time, and thrown away. */
    private static final int KITS = 16;

    private static final List<String> FIELDS = Analyzers.fields();

    /**
     * The words of texts.
     *
     * @param occurrences of each word, in the order of their first occurrence
     * @param length in words; several at one place (a word and its parts) count as one
     */
    public record Counted(Map<String, Integer> occurrences, int length) {}

    private final Analyzers analyzers = new Analyzers();
    private final BlockingQueue<AnalyzerKit> idle = new ArrayBlockingQueue<>(KITS);

    /** Every field there can be, in a fixed order. */
    public static List<String> fields() {
        return FIELDS;
    }

    /** The field of a language, an ISO 639-1 code or {@code und}. */
    public static String field(String language) {
        return Analyzers.field(language);
    }

    /** As much of a question as is searched for. */
    public static String bounded(String question) {
        return question.substring(0, Math.min(question.length(), Ranking.MAX_QUESTION_LENGTH));
    }

    /**
     * The words of the texts together, by the rules of a field.
     *
     * @param field one of {@link #fields()}
     */
    public Counted count(String field, List<String> texts) {
        return count(List.of(field), texts).getFirst();
    }

    /** The same by the rules of several fields, in their order. */
    public List<Counted> count(List<String> fields, List<String> texts) {
        AnalyzerKit known = idle.poll();
        AnalyzerKit kit = known == null ? new AnalyzerKit(analyzers) : known;
        List<Counted> counted =
                fields.stream().map(field -> count(kit, field, texts)).toList();
        if (!idle.offer(kit)) {
            kit.close();
        }
        return counted;
    }

    static Counted count(Analyzer analyzer, String field, List<String> texts) {
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
                throw new UncheckedIOException("Text in memory is always readable", e);
            }
        }
        return new Counted(words, length);
    }
}
