package dev.lectern.retrieval.ranking;

import dev.lectern.index.SearchHit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The weight of the ranking by words against that by embeddings: it depends on whether the embedder knows the language. The question has as many votes as
 * the best passages of a ranking, since the language of a short question is often mistaken; texts without a language do not vote.
 */
public final class LexicalWeight {
    /** Where the embedder knows the language: the middle of a wide plateau (0.3 to 0.45). */
    public static final double KNOWN_LANGUAGE = 0.35;

    /** Where it does not: its order is still better than none among passages with equal words. */
    public static final double UNKNOWN_LANGUAGE = 0.85;

    static final int VOTES = 10;

    private static final String UNDETERMINED = "und";
    private static final String ANY = "*";

    private LexicalWeight() {}

    /**
     * @param knownShare 0 to 1
     * @return between the two constants
     */
    public static double of(double knownShare) {
        return UNKNOWN_LANGUAGE + knownShare * (KNOWN_LANGUAGE - UNKNOWN_LANGUAGE);
    }

    /**
     * The share of the votes for languages that the embedder knows.
     *
     * @param question its language, ISO 639-1 or {@code und}
     * @param languages that the embedder knows, {@code *} for all
     * @return 0 to 1; 1 when nobody votes
     */
    public static double knownShare(
            String question, List<SearchHit> words, List<SearchHit> embeddings, Set<String> languages) {
        if (languages.contains(ANY)) {
            return 1;
        }
        List<String> votes = Stream.of(
                        Stream.generate(() -> question).limit(VOTES),
                        words.stream().limit(VOTES).map(SearchHit::language),
                        embeddings.stream().limit(VOTES).map(SearchHit::language))
                .flatMap(voters -> voters)
                .filter(language -> !language.equals(UNDETERMINED))
                .toList();
        long known = votes.stream().filter(languages::contains).count();
        return votes.isEmpty() ? 1 : (double) known / votes.size();
    }
}
