package dev.lectern.retrieval;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.Scope;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.retrieval.Retrieval.Evidence;
import dev.lectern.retrieval.Retrieval.Models;
import dev.lectern.retrieval.ranking.EvidenceRule;
import dev.lectern.retrieval.ranking.Fused;
import dev.lectern.retrieval.ranking.NearDuplicates;
import dev.lectern.retrieval.ranking.WordWeight;
import dev.lectern.retrieval.rewriting.Rewriter;
import dev.lectern.retrieval.rewriting.Searched;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pipeline: rewrite, embed, search, fuse, fetch, judge. */
final class PipelineRetriever implements Retriever {
    private final Rewriter rewriter;
    private final Embedder embedder;
    private final LanguageDetector languages;
    private final Function<EmbedderFingerprint, PassageIndex> indexes;
    private final Passages passages;
    private final Stages stages;

    PipelineRetriever(
            Rewriter rewriter,
            Embedder embedder,
            LanguageDetector languages,
            Function<EmbedderFingerprint, PassageIndex> indexes,
            Passages passages,
            Stages stages) {
        this.rewriter = rewriter;
        this.embedder = embedder;
        this.languages = languages;
        this.indexes = indexes;
        this.passages = passages;
        this.stages = stages;
    }

    @Override
    public Retrieval retrieve(RetrievalRequest request) {
        RequestBounds.check(request);
        Embedder model = embedder.resolve();
        long begun = System.nanoTime();
        Searched searched = stages.time(
                "rewrite", () -> rewriter.rewrite(request.question(), request.earlierQuestions(), request.deadline()));
        long rewritten = System.nanoTime();
        List<float[]> embeddings = stages.time("embed", () -> embeddings(searched, model, request));
        Models models = new Models(
                rewriter.asksModel() ? Duration.ofNanos(rewritten - begun) : Duration.ZERO,
                Duration.ofNanos(System.nanoTime() - rewritten));
        Legs legs = stages.time("search", () -> search(searched, model, embeddings, request));
        double known = legs.knownShare(languages.detect(request.question()), model.languages());
        List<Fused> ranking = stages.time("fuse", () -> legs.fused(WordWeight.of(known)));
        Fetched fetched = stages.time("fetch", () -> fetch(ranking, request));
        List<RankedPassage> found = fetched.found();
        return new Retrieval(
                searched.standalone(),
                found,
                evidence(searched.standalone(), found, legs, known),
                fetched.settled(),
                models);
    }

    private static List<float[]> embeddings(Searched searched, Embedder model, RetrievalRequest request) {
        if (request.mode() == RetrievalMode.LEXICAL) {
            return List.of();
        }
        return searched.queries().stream()
                .map(query -> model.embedQuestion(query.text(), request.deadline()))
                .toList();
    }

    private Legs search(Searched searched, Embedder model, List<float[]> embeddings, RetrievalRequest request) {
        return Legs.search(
                indexes.apply(model.fingerprint()),
                searched,
                embeddings,
                request.mode(),
                Scope.of(request.collections()),
                request.limit(),
                request.deadline());
    }

    private record Fetched(List<RankedPassage> found, boolean settled) {}

    /** Twice as many as are wanted are looked up, since stale ones and near-duplicates drop out. */
    private Fetched fetch(List<Fused> ranking, RetrievalRequest request) {
        List<Fused> top =
                ranking.subList(0, Math.min(ranking.size(), Math.min(2 * request.limit(), RequestBounds.MAX)));
        List<PassageId> ids = top.stream().map(fused -> fused.hit().passage()).toList();
        Map<PassageId, Passage> present = passages.present(ids, request.collections());
        List<RankedPassage> ranked = top.stream()
                .map(fused -> ranked(fused, present))
                .filter(Objects::nonNull)
                .toList();
        List<RankedPassage> best =
                NearDuplicates.dropped(ranked, found -> found.passage().text(), request.limit());
        return new Fetched(best, ranked.size() == top.size());
    }

    private static @Nullable RankedPassage ranked(Fused fused, Map<PassageId, Passage> present) {
        Passage passage = present.get(fused.hit().passage());
        return passage == null ? null : new RankedPassage(passage, fused.unitScore(), fused.bm25(), fused.cosine());
    }

    private static Evidence evidence(String question, List<RankedPassage> found, Legs legs, double known) {
        if (found.isEmpty()) {
            return Evidence.NONE;
        }
        Map<PassageId, Float> cosines = legs.cosines(question);
        double nearest = found.stream()
                .mapToDouble(ranked -> cosines.getOrDefault(ranked.passage().id(), -1f))
                .max()
                .orElse(-1);
        List<String> best = found.stream()
                .limit(EvidenceRule.LOOKED_AT)
                .map(ranked -> withPlace(ranked.passage()))
                .toList();
        return EvidenceRule.isEnough(question, nearest, best, known) ? Evidence.ENOUGH : Evidence.WEAK;
    }

    private static String withPlace(Passage passage) {
        return passage.title() + "\n" + String.join("\n", passage.headings()) + "\n" + passage.text();
    }
}
