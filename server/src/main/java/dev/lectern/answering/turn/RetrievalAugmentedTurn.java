package dev.lectern.answering.turn;

import dev.lectern.answering.AbstentionReason;
import dev.lectern.answering.Answer;
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
import dev.lectern.answering.writing.WriteResult.Broken;
import dev.lectern.answering.writing.WriteResult.Cited;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.retrieval.Retrieval;
import dev.lectern.retrieval.Retrieval.Evidence;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The turn: retrieve, abstain or write, cite, check. Thread-safe. */
public final class RetrievalAugmentedTurn implements Turn {
    private static final int NEAREST = 3;

    private final Retriever retriever;
    private final AnswerWriter answerWriter;
    private final SupportCheck support;
    private final LanguageDetector languages;
    private final SearchScopeDescriber places;
    private final TurnStageTimers timers;
    private final int passages;

    /** @param passages how many are retrieved at most */
    public RetrievalAugmentedTurn(
            Retriever retriever,
            AnswerWriter answerWriter,
            SupportCheck support,
            LanguageDetector languages,
            SearchScopeDescriber places,
            MeterRegistry meters,
            int passages) {
        this.retriever = retriever;
        this.answerWriter = answerWriter;
        this.support = support;
        this.languages = languages;
        this.places = places;
        this.timers = new TurnStageTimers(meters);
        this.passages = passages;
    }

    @Override
    public End take(TurnRequest turnRequest, StopSignal stop, Consumer<TurnEvent> events) {
        TurnStopwatch watch = new TurnStopwatch(timers);
        Retrieval found = watch.retrieve(() -> retriever.retrieve(request(turnRequest)));
        watch.waited(found.models());
        events.accept(new Passages(shown(found.passages())));
        if (stop.isStopped()) {
            return stopped(turnRequest, stop, watch);
        }
        return switch (found.evidence()) {
            case NONE -> abstain(turnRequest, found, AbstentionReason.NOTHING_FOUND, null, watch);
            case WEAK ->
                answerWriter.judgesEvidence()
                        ? answer(turnRequest, found, stop, events, watch)
                        : abstain(turnRequest, found, AbstentionReason.TOO_WEAK, null, watch);
            case ENOUGH -> answer(turnRequest, found, stop, events, watch);
        };
    }

    private End answer(
            TurnRequest turnRequest, Retrieval found, StopSignal stop, Consumer<TurnEvent> events, TurnStopwatch watch) {
        WriteRequest writeRequest = new WriteRequest(
                turnRequest.text(),
                found.standaloneQuestion(),
                turnRequest.history(),
                numbered(found.passages()),
                found.evidence() == Evidence.WEAK,
                stop.cancellation(),
                turnRequest.deadline(),
                watch::wrote);
        WriteResult writeResult = watch.generate(() -> answerWriter.write(writeRequest, piece -> {
            watch.text();
            events.accept(new Delta(piece));
        }));
        return switch (writeResult) {
            case Text text -> finish(turnRequest, found, text, events, watch);
            case NotAnswered none ->
                abstain(
                        turnRequest,
                        found,
                        found.evidence() == Evidence.WEAK ? AbstentionReason.TOO_WEAK : AbstentionReason.NOT_ANSWERED,
                        none,
                        watch);
            case Broken broken -> broken(turnRequest, broken, stop, events, watch);
        };
    }

    private End finish(TurnRequest turnRequest, Retrieval found, Text text, Consumer<TurnEvent> events, TurnStopwatch watch) {
        List<Citation> citations =
                text.cited().stream().map(AnswerFactory::citation).toList();
        List<UnsupportedSentence> unsupported = text.model().equals(Quoter.NAME)
                ? List.of()
                : support.check(text.text(), texts(text.cited()), languages.detect(text.text()));
        events.accept(new Citations(citations, unsupported));
        Answer answer = AnswerFactory.answered(
                turnRequest.answer(),
                text.text(),
                citations,
                unsupported,
                text.model(),
                text.usage(),
                watch.end(),
                places.of(found.standaloneQuestion(), turnRequest.collections()).searched());
        return new Finished(answer, text.asConfigured() && found.settled() && !citations.isEmpty());
    }

    private End broken(TurnRequest turnRequest, Broken broken, StopSignal stop, Consumer<TurnEvent> events, TurnStopwatch watch) {
        List<Citation> citations =
                broken.cited().stream().map(AnswerFactory::citation).toList();
        if (!citations.isEmpty()) {
            events.accept(new Citations(citations, List.of()));
        }
        ErrorCode code = broken.code();
        Answer answer = AnswerFactory.failed(
                turnRequest.answer(),
                code == null ? stop.reason() : StopSignal.reasonOf(code),
                broken.text(),
                citations,
                broken.model(),
                broken.usage(),
                watch.end());
        return code == null
                ? new Finished(answer)
                : new Failed(code, Objects.requireNonNullElse(broken.detail(), code.title()), answer);
    }

    private End abstain(
            TurnRequest turnRequest, Retrieval found, AbstentionReason reason, @Nullable NotAnswered model, TurnStopwatch watch) {
        return new Finished(AnswerFactory.abstained(
                turnRequest.answer(),
                reason,
                places.of(found.standaloneQuestion(), turnRequest.collections()),
                model == null ? null : model.model(),
                model == null ? TokenUsage.NONE : model.usage(),
                watch.end(),
                shown(found.passages()).stream().limit(NEAREST).toList()));
    }

    private static End stopped(TurnRequest turnRequest, StopSignal stop, TurnStopwatch watch) {
        return new Finished(AnswerFactory.failed(
                turnRequest.answer(), stop.reason(), "", List.of(), null, TokenUsage.NONE, watch.end()));
    }

    private RetrievalRequest request(TurnRequest turnRequest) {
        List<String> earlier =
                turnRequest.history().stream().map(PastExchange::question).toList();
        return new RetrievalRequest(
                turnRequest.text(), earlier, turnRequest.collections(), RetrievalMode.HYBRID, passages, turnRequest.deadline());
    }

    private static List<FoundPassage> shown(List<RankedPassage> ranked) {
        return ranked.stream().map(FoundPassage::of).toList();
    }

    private static List<NumberedPassage> numbered(List<RankedPassage> ranked) {
        return IntStream.range(0, ranked.size())
                .mapToObj(i -> new NumberedPassage(i + 1, ranked.get(i)))
                .toList();
    }

    private static Map<Integer, String> texts(List<Cited> cited) {
        return cited.stream().collect(Collectors.toMap(Cited::number, one -> {
            var passage = one.passage().ranked().passage();
            return passage.title() + "\n" + String.join("\n", passage.headings()) + "\n" + passage.text();
        }));
    }
}
