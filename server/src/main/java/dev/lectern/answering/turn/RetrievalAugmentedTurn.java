package dev.lectern.answering.turn;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Searched;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.PastExchange;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.writing.AnswerWriter;
import dev.lectern.answering.writing.WriteRequest;
import dev.lectern.answering.writing.WriteResult;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.answering.writing.WriteResult.Incomplete;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.RetrievalResult;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.LecternException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A turn by retrieval-augmented generation: retrieve passages, abstain or write, cite, check the support. Thread-safe. */
final class RetrievalAugmentedTurn implements Turn {
    private static final int NEAREST = 3;

    private final Retriever retriever;
    private final AnswerWriter writer;
    private final SupportCheck support;
    private final LanguageDetector languages;
    private final SearchScopeDescriber scopes;
    private final TurnStageTimers timers;
    private final int passages;

    /** @param passages maximum number of retrieved passages */
    RetrievalAugmentedTurn(
            Retriever retriever,
            AnswerWriter writer,
            SupportCheck support,
            LanguageDetector languages,
            SearchScopeDescriber scopes,
            MeterRegistry meters,
            int passages) {
        this.retriever = retriever;
        this.writer = writer;
        this.support = support;
        this.languages = languages;
        this.scopes = scopes;
        this.timers = new TurnStageTimers(meters);
        this.passages = passages;
    }

    @Override
    public End run(TurnRequest request, StopSignal stop, Consumer<TurnEvent> events) {
        TurnStopwatch watch = new TurnStopwatch(timers);
        RetrievalResult found = watch.timeRetrieval(() -> retriever.retrieve(retrievalRequest(request, stop)));
        watch.addSearchModels(found.models());
        events.accept(new Passages(toFoundPassages(found.passages())));
        if (stop.isStopped()) {
            return stopped(request, stop, watch);
        }
        return switch (found.evidence()) {
            case NONE -> abstain(request, found, AbstentionReason.NOTHING_FOUND, null, watch);
            case WEAK ->
                writer.judgesEvidence()
                        ? answer(request, found, stop, events, watch)
                        : abstain(request, found, AbstentionReason.TOO_WEAK, null, watch);
            case ENOUGH -> answer(request, found, stop, events, watch);
        };
    }

    private End answer(
            TurnRequest request,
            RetrievalResult found,
            StopSignal stop,
            Consumer<TurnEvent> events,
            TurnStopwatch watch) {
        WriteRequest writeRequest = new WriteRequest(
                request.text(),
                found.standaloneQuestion(),
                request.history(),
                numberPassages(found.passages()),
                found.evidence() == Evidence.WEAK,
                stop.cancellation(),
                request.deadline(),
                request.context(),
                watch::addModel);
        WriteResult result = watch.timeGeneration(() -> writer.write(writeRequest, piece -> {
            watch.recordFirstText();
            events.accept(new Delta(piece));
        }));
        return switch (result) {
            case Text text -> finish(request, found, text, events, watch);
            case NotAnswered none ->
                abstain(
                        request,
                        found,
                        found.evidence() == Evidence.WEAK ? AbstentionReason.TOO_WEAK : AbstentionReason.NOT_ANSWERED,
                        none,
                        watch);
            case Incomplete incomplete -> incomplete(request, incomplete, stop, events, watch);
        };
    }

    private End finish(
            TurnRequest request, RetrievalResult found, Text text, Consumer<TurnEvent> events, TurnStopwatch watch) {
        List<Citation> citations =
                text.cited().stream().map(AnswerFactory::citation).toList();
        List<UnsupportedSentence> unsupported = text.model().equals(Quoter.NAME)
                ? List.of()
                : support.check(text.text(), textsByNumber(text.cited()), languages.detect(text.text()));
        events.accept(new Citations(citations, unsupported));
        Searched searched = scopes.describe(found.standaloneQuestion(), request.collections(), request.filter())
                .searched();
        Answer answer = AnswerFactory.answered(
                request.answer(),
                text.text(),
                citations,
                unsupported,
                text.model(),
                text.usage(),
                watch.stop(),
                searched,
                text.fallback(),
                text.truncated());
        boolean complete = found.consistent() && !searched.hasPending();
        return new Finished(answer, text.isAsConfigured() && complete && !citations.isEmpty());
    }

    private End incomplete(
            TurnRequest request,
            Incomplete incomplete,
            StopSignal stop,
            Consumer<TurnEvent> events,
            TurnStopwatch watch) {
        List<Citation> citations =
                incomplete.cited().stream().map(AnswerFactory::citation).toList();
        if (!citations.isEmpty()) {
            events.accept(new Citations(citations, List.of()));
        }
        LecternException failure = incomplete.failure();
        Answer answer = AnswerFactory.failed(
                request.answer(),
                failure == null ? stop.reason() : StopSignal.reasonOf(failure.code()),
                incomplete.text(),
                citations,
                incomplete.model(),
                incomplete.usage(),
                watch.stop());
        return failure == null ? new Finished(answer) : Failed.of(failure, answer);
    }

    private End abstain(
            TurnRequest request,
            RetrievalResult found,
            AbstentionReason reason,
            @Nullable NotAnswered model,
            TurnStopwatch watch) {
        return new Finished(AnswerFactory.abstained(
                request.answer(),
                reason,
                scopes.describe(found.standaloneQuestion(), request.collections(), request.filter()),
                model == null ? null : model.model(),
                model == null ? TokenUsage.NONE : model.usage(),
                watch.stop(),
                toFoundPassages(found.passages()).stream().limit(NEAREST).toList(),
                model == null ? null : model.fallback()));
    }

    private static End stopped(TurnRequest request, StopSignal stop, TurnStopwatch watch) {
        return new Finished(AnswerFactory.failed(
                request.answer(), stop.reason(), "", List.of(), null, TokenUsage.NONE, watch.stop()));
    }

    private RetrievalRequest retrievalRequest(TurnRequest request, StopSignal stop) {
        List<String> earlier =
                request.history().stream().map(PastExchange::question).toList();
        return new RetrievalRequest(
                request.text(),
                earlier,
                request.collections(),
                RetrievalMode.HYBRID,
                passages,
                request.deadline(),
                request.context(),
                request.filter(),
                stop.cancellation());
    }

    private static List<FoundPassage> toFoundPassages(List<RankedPassage> ranked) {
        return ranked.stream().map(FoundPassage::of).toList();
    }

    private static List<NumberedPassage> numberPassages(List<RankedPassage> ranked) {
        return IntStream.range(0, ranked.size())
                .mapToObj(i -> new NumberedPassage(i + 1, ranked.get(i)))
                .toList();
    }

    private static Map<Integer, String> textsByNumber(List<CitedPassage> cited) {
        return cited.stream().collect(Collectors.toMap(CitedPassage::number, one -> {
            var passage = one.passage().ranked().passage();
            return passage.title() + "\n" + String.join("\n", passage.headings()) + "\n" + passage.textWithTable();
        }));
    }
}
