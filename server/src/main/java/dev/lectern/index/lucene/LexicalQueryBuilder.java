package dev.lectern.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Builds the BM25 query of a question. The question is analyzed once for each language in the index, and the terms are searched in that language's
 * field. A passage has only one such field, so the sum of the term scores equals the score of the best field; IDF is computed per language.
 */
final class LexicalQueryBuilder {
    private record Weighted(TermQuery query, int occurrences, double weight) {}

    private LexicalQueryBuilder() {}

    static Query of(String question, IndexSnapshot indexSnapshot, Analyzer analyzer) throws IOException {
        String truncate = TermCounter.truncate(question);
        List<Weighted> terms = new ArrayList<>();
        for (String field : indexSnapshot.textFields()) {
            int passages = indexSnapshot.getIndexReader().getDocCount(field);
            for (Map.Entry<String, Integer> word : TermCounter.count(analyzer, field, List.of(truncate))
                    .occurrences()
                    .entrySet()) {
                weigh(new Term(field, word.getKey()), word.getValue(), passages, indexSnapshot, terms);
            }
        }
        if (terms.isEmpty()) {
            return new MatchNoDocsQuery("No term of the question is in the index");
        }
        terms.sort(Comparator.comparingDouble(Weighted::weight).reversed());
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        terms.stream().limit(LuceneTuning.MAX_TERMS).forEach(term -> any.add(boosted(term), Occur.SHOULD));
        return any.build();
    }

    private static Query boosted(Weighted term) {
        return term.occurrences() == 1 ? term.query() : new BoostQuery(term.query(), term.occurrences());
    }

    private static void weigh(Term term, int occurrences, int passages, IndexSearcher searcher, List<Weighted> terms)
            throws IOException {
        TermStates states = TermStates.build(searcher, term, true);
        int frequency = states.docFreq();
        if (frequency > 0) {
            double rarity = Math.log1p((passages - frequency + 0.5) / (frequency + 0.5));
            terms.add(new Weighted(new TermQuery(term, states), occurrences, rarity * occurrences));
        }
    }
}
