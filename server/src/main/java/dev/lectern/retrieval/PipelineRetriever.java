package dev.lectern.retrieval;

import dev.lectern.index.SearchScope;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.library.SearchableIndexes;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.retrieval.RetrievalResult.ModelTimes;
import dev.lectern.retrieval.ranking.EvidenceRule;
import dev.lectern.retrieval.ranking.FusedHit;
import dev.lectern.retrieval.ranking.LexicalWeight;
import dev.lectern.retrieval.ranking.NearDuplicateFilter;
import dev.lectern.retrieval.rewriting.QuestionRewriter;
import dev.lectern.retrieval.rewriting.RewrittenQuestion;
import dev.lectern.retrieval.rewriting.RewrittenQuestion.WeightedQuery;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.PassageId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Retrieves in six stages: rewrite the question, embed it, search, fuse the rankings, fetch the passages, judge the evidence. */
final class PipelineRetriever implements Retriever {
    private final QuestionRewriter questionRewriter;
    private final Embedder embedder;
    private final LanguageDetector languages;
    private final SearchableIndexes indexes;
    private final Passages passages;
    private final DocumentWarnings warnings;
    private final DocumentFields fields;
    private final RetrievalStageTimer stageTimer;

    PipelineRetriever(
            QuestionRewriter questionRewriter,
            Embedder embedder,
            LanguageDetector languages,
            SearchableIndexes indexes,
            Passages passages,
            DocumentWarnings warnings,
            DocumentFields fields,
            RetrievalStageTimer stageTimer) {
        this.questionRewriter = questionRewriter;
        this.embedder = embedder;
        this.languages = languages;
        this.indexes = indexes;
        this.passages = passages;
        this.warnings = warnings;
        this.fields = fields;
        this.stageTimer = stageTimer;
    }

    @Override
    public RetrievalResult retrieve(RetrievalRequest request) {
        RetrievalRequestValidator.check(request);
        Embedder model = embedder.resolve();
        long start = System.nanoTime();
        RewrittenQuestion rewrittenQuestion = stageTimer.time(
                "rewrite",
                () -> questionRewriter.rewrite(
                        request.question(),
                        request.earlierQuestions(),
                        request.context(),
                        request.cancellation(),
                        request.deadline()));
        long rewriteEnd = System.nanoTime();
        List<float[]> embeddings = stageTimer.time("embed", () -> embeddings(rewrittenQuestion, model, request));
        ModelTimes models = new ModelTimes(
                questionRewriter.callsModel() ? Duration.ofNanos(rewriteEnd - start) : Duration.ZERO,
                Duration.ofNanos(System.nanoTime() - rewriteEnd));
        HybridHits hits = stageTimer.time("search", () -> search(rewrittenQuestion, model, embeddings, request));
        double known = hits.knownShare(languages.detect(request.question()), model.languages());
        List<FusedHit> ranking = stageTimer.time("fuse", () -> hits.fuse(LexicalWeight.of(known)));
        FetchedPassages fetched = stageTimer.time("fetch", () -> fetch(ranking, request));
        List<RankedPassage> found = fetched.ranked();
        return new RetrievalResult(
                rewrittenQuestion.standalone(),
                found,
                evidence(rewrittenQuestion.standalone(), found, hits, known),
                fetched.consistent(),
                models);
    }

    private static List<float[]> embeddings(
            RewrittenQuestion rewrittenQuestion, Embedder model, RetrievalRequest request) {
        if (request.mode() == RetrievalMode.LEXICAL) {
            return List.of();
        }
        return model.embedQuestions(
                rewrittenQuestion.queries().stream().map(WeightedQuery::text).toList(),
                request.context().forStep(Purpose.EMBED_QUESTION),
                request.deadline());
    }

    private HybridHits search(
            RewrittenQuestion rewrittenQuestion, Embedder model, List<float[]> embeddings, RetrievalRequest request) {
        SearchScope scope = SearchScope.of(request.collections()).without(warnings.findHidden(request.collections()));
        if (!request.filter().isEmpty()) {
            Set<DocumentId> matching = fields.find(request.filter(), request.collections());
            if (matching.isEmpty()) {
                return HybridHits.none(rewrittenQuestion, request.mode());
            }
            scope = scope.within(matching);
        }
        SearchScope searched = scope;
        return indexes.search(
                model.fingerprint(),
                index -> HybridHits.search(
                        index,
                        rewrittenQuestion,
                        embeddings,
                        request.mode(),
                        searched,
                        request.limit(),
                        request.deadline()));
    }

    private record FetchedPassages(List<RankedPassage> ranked, boolean consistent) {}

    /** Twice as many as are wanted are read, since stale passages and near duplicates are removed. */
    private FetchedPassages fetch(List<FusedHit> ranking, RetrievalRequest request) {
        List<FusedHit> top = ranking.subList(
                0, Math.min(ranking.size(), Math.min(2 * request.limit(), RetrievalRequestValidator.MAX_PASSAGES)));
        List<PassageId> ids =
                top.stream().map(fusedHit -> fusedHit.hit().passage()).toList();
        Map<PassageId, Passage> present = passages.present(ids, request.collections());
        List<RankedPassage> ranked = top.stream()
                .map(fusedHit -> ranked(fusedHit, present))
                .filter(Objects::nonNull)
                .toList();
        List<RankedPassage> best = NearDuplicateFilter.removeDuplicates(
                ranked,
                found -> found.passage().text(),
                found -> found.passage().table() != null,
                request.limit());
        return new FetchedPassages(best, ranked.size() == top.size());
    }

    private static @Nullable RankedPassage ranked(FusedHit fusedHit, Map<PassageId, Passage> present) {
        Passage passage = present.get(fusedHit.hit().passage());
        return passage == null
                ? null
                : new RankedPassage(passage, fusedHit.unitScore(), fusedHit.bm25(), fusedHit.cosine());
    }

    private static Evidence evidence(String question, List<RankedPassage> found, HybridHits hits, double known) {
        if (found.isEmpty()) {
            return Evidence.NONE;
        }
        Map<PassageId, Float> cosines = hits.cosines(question);
        double nearest = found.stream()
                .mapToDouble(ranked -> cosines.getOrDefault(ranked.passage().id(), -1f))
                .max()
                .orElse(-1);
        List<String> best = found.stream()
                .limit(EvidenceRule.COMPARED_PASSAGES)
                .map(ranked -> withTitleAndHeadings(ranked.passage()))
                .toList();
        return EvidenceRule.isSufficient(question, nearest, best, known) ? Evidence.ENOUGH : Evidence.WEAK;
    }

    private static String withTitleAndHeadings(Passage passage) {
        return passage.title() + "\n" + String.join("\n", passage.headings()) + "\n" + passage.text();
    }
}
