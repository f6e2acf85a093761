package dev.lectern.answering.turn;

import dev.lectern.answering.AbstentionReason;
import dev.lectern.answering.Answer;
import dev.lectern.answering.Citation;
import dev.lectern.answering.Exchange;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.support.Unsupported;
import dev.lectern.answering.turn.TurnEvent.Citations;
import dev.lectern.answering.turn.TurnEvent.Delta;
import dev.lectern.answering.turn.TurnEvent.End;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnEvent.Finished;
import dev.lectern.answering.turn.TurnEvent.Passages;
import dev.lectern.answering.writing.Task;
import dev.lectern.answering.writing.Writer;
import dev.lectern.answering.writing.Written;
import dev.lectern.answering.writing.Written.Broken;
import dev.lectern.answering.writing.Written.Cited;
import dev.lectern.answering.writing.Written.NotAnswered;
import dev.lectern.answering.writing.Written.Text;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.RetrievalResult;
import dev.lectern.retrieval.RetrievalResult.Evidence;
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
public final class TurnRecipe implements Turn {
    private static final int NEAREST = 3;

    private final Retriever retriever;
    private final Writer writer;
    private final SupportCheck support;
    private final LanguageDetector languages;
    private final SearchedPlaces places;
    private final StageTimers timers;
    private final int passages;

    /** @param passages how many are retrieved at most */
    public TurnRecipe(
            Retriever retriever,
            Writer writer,
            SupportCheck support,
            LanguageDetector languages,
            SearchedPlaces places,
            MeterRegistry meters,
            int passages) {
        this.retriever = retriever;
        this.writer = writer;
        this.support = support;
        this.languages = languages;
        this.places = places;
        this.timers = new StageTimers(meters);
        this.passages = passages;
    }

    @Override
    public End take(Question question, StopSignal stop, Consumer<TurnEvent> events) {
        Stopwatch watch = new Stopwatch(timers);
        RetrievalResult found = watch.retrieve(() -> retriever.retrieve(request(question)));
        watch.waited(found.models());
        events.accept(new Passages(shown(found.passages())));
        if (stop.isStopped()) {
            return stopped(question, stop, watch);
        }
        return switch (found.evidence()) {
            case NONE -> abstain(question, found, AbstentionReason.NOTHING_FOUND, null, watch);
            case WEAK ->
                writer.judgesEvidence()
                        ? answer(question, found, stop, events, watch)
                        : abstain(question, found, AbstentionReason.TOO_WEAK, null, watch);
            case ENOUGH -> answer(question, found, stop, events, watch);
        };
    }

    private End answer(
            Question question, RetrievalResult found, StopSignal stop, Consumer<TurnEvent> events, Stopwatch watch) {
        Task task = new Task(
                question.text(),
                found.standaloneQuestion(),
                question.history(),
                numbered(found.passages()),
                found.evidence() == Evidence.WEAK,
                stop.cancellation(),
                question.deadline(),
                watch::wrote);
        Written written = watch.generate(() -> writer.write(task, piece -> {
            watch.text();
            events.accept(new Delta(piece));
        }));
        return switch (written) {
            case Text text -> finish(question, found, text, events, watch);
            case NotAnswered none ->
                abstain(
                        question,
                        found,
                        found.evidence() == Evidence.WEAK ? AbstentionReason.TOO_WEAK : AbstentionReason.NOT_ANSWERED,
                        none,
                        watch);
            case Broken broken -> broken(question, broken, stop, events, watch);
        };
    }

    private End finish(
            Question question, RetrievalResult found, Text text, Consumer<TurnEvent> events, Stopwatch watch) {
        List<Citation> citations =
                text.cited().stream().map(AnswerMaker::citation).toList();
        List<Unsupported> unsupported = text.model().equals(Quoter.NAME)
                ? List.of()
                : support.check(text.text(), texts(text.cited()), languages.detect(text.text()));
        events.accept(new Citations(citations, unsupported));
        Answer answer = AnswerMaker.answered(
                question.answer(),
                text.text(),
                citations,
                unsupported,
                text.model(),
                text.usage(),
                watch.end(),
                places.of(found.standaloneQuestion(), question.collections()).searched());
        return new Finished(answer, text.asConfigured() && found.consistent() && !citations.isEmpty());
    }

    private End broken(Question question, Broken broken, StopSignal stop, Consumer<TurnEvent> events, Stopwatch watch) {
        List<Citation> citations =
                broken.cited().stream().map(AnswerMaker::citation).toList();
        if (!citations.isEmpty()) {
            events.accept(new Citations(citations, List.of()));
        }
        ErrorCode code = broken.code();
        Answer answer = AnswerMaker.failed(
                question.answer(),
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
            Question question,
            RetrievalResult found,
            AbstentionReason reason,
            @Nullable NotAnswered model,
            Stopwatch watch) {
        return new Finished(AnswerMaker.abstained(
                question.answer(),
                reason,
                places.of(found.standaloneQuestion(), question.collections()),
                model == null ? null : model.model(),
                model == null ? TokenUsage.NONE : model.usage(),
                watch.end(),
                shown(found.passages()).stream().limit(NEAREST).toList()));
    }

    private static End stopped(Question question, StopSignal stop, Stopwatch watch) {
        return new Finished(AnswerMaker.failed(
                question.answer(), stop.reason(), "", List.of(), null, TokenUsage.NONE, watch.end()));
    }

    private RetrievalRequest request(Question question) {
        List<String> earlier =
                question.history().stream().map(Exchange::question).toList();
        return new RetrievalRequest(
                question.text(), earlier, question.collections(), RetrievalMode.HYBRID, passages, question.deadline());
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
