package dev.lectern.models.extractive;

import dev.lectern.text.TermExtractor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rows of a table that fit a question as well as a chosen one, because the question names something that all of them have, such as the region of "Which
 * cities are in the South region?". One of them alone would be a wrong answer. Immutable.
 */
final class EqualRows {
    /** Of more rows than this, the best one stands as an example: an incomplete list would look complete. */
    static final int MAX = 6;

    /** A question that asks two things: "... and what is the limit in Augsburg?". */
    private static final Pattern NEXT_QUESTION = Pattern.compile(
            "[,;]?\\h(?:and|und|et|y|e)\\h(?=(?:what|which|who|whom|whose|when|where|how|was|welch\\w{0,3}|wer|wem|wen|wann|wo|wie|que|quel\\w{0,3}|qui|quand|où"
                    + "|combien|qué|cuál\\w{0,2}|quién\\w{0,2}|cuándo|dónde|cuánt\\w{1,2})\\b)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private final List<Set<String>> questions;
    private final Set<String> stopWords;
    private final List<SentenceCandidate> candidates;

    EqualRows(String question, Set<String> stopWords, List<SentenceCandidate> candidates) {
        this.questions = NEXT_QUESTION
                .splitAsStream(question)
                .map(part -> TermExtractor.stems(part, stopWords))
                .toList();
        this.stopWords = stopWords;
        this.candidates = candidates;
    }

    /** The other rows, in the order of the passages and their texts; empty for a sentence. Of a question that asks two things, the rows that fit each. */
    List<SentenceCandidate> of(SentenceCandidate chosen) {
        Set<String> cells = chosen.cellTerms(stopWords);
        List<SentenceCandidate> table =
                candidates.stream().filter(other -> isOfTable(chosen, other)).toList();
        List<SentenceCandidate> rows = new ArrayList<>();
        for (Set<String> asked : questions) {
            Set<String> named = shared(asked, cells);
            List<SentenceCandidate> equal =
                    named.isEmpty() ? List.of() : naming(asked, named.size(), table, named::equals);
            if (named.isEmpty() && questions.size() > 1) {
                int most = table.stream()
                        .mapToInt(row -> shared(asked, row.cellTerms(stopWords)).size())
                        .max()
                        .orElse(0);
                equal = naming(asked, most, table, words -> true);
            }
            if (equal.size() < MAX) {
                equal.stream().filter(row -> !rows.contains(row)).forEach(rows::add);
            }
        }
        return rows.size() < MAX ? rows : List.of();
    }

    /** The rows of a table whose cells have so many words of a question, at least one. */
    private List<SentenceCandidate> naming(
            Set<String> asked, int count, List<SentenceCandidate> table, Predicate<Set<String>> accepted) {
        return table.stream()
                .filter(row -> {
                    Set<String> named = shared(asked, row.cellTerms(stopWords));
                    return !named.isEmpty() && named.size() == count && accepted.test(named);
                })
                .toList();
    }

    /** Whether a row's cells have words of the question and another candidate has none of them: it is about something else. */
    boolean isAboutOther(SentenceCandidate row, Set<String> asked, SentenceCandidate other) {
        Set<String> named = shared(asked, row.cellTerms(stopWords));
        return !named.isEmpty() && shared(named, other.terms()).isEmpty();
    }

    private static boolean isOfTable(SentenceCandidate chosen, SentenceCandidate other) {
        return !other.equals(chosen)
                && other.row()
                && other.columns().equals(chosen.columns())
                && other.passage().title().equals(chosen.passage().title());
    }

    private static Set<String> shared(Set<String> one, Set<String> other) {
        Set<String> shared = new HashSet<>(one);
        shared.retainAll(other);
        return shared;
    }
}
