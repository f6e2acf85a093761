package dev.lectern.answering;

import dev.lectern.answering.streams.TurnLimiter;
import dev.lectern.answering.turn.AnswerCompletionPublisher;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnEvent.Failed;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.answering.turn.TurnState;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ModelCallContext;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/** Answers questions on the calling thread, without a conversation, a stream or the answer cache. Thread-safe. */
@Service
public final class SynchronousAnswerer {
    private final Turn turn;
    private final TurnLimiter limiter;
    private final AnswerCompletionPublisher completions;
    private final IdGenerator ids;

    SynchronousAnswerer(
            @Qualifier(Turn.UNCACHED) Turn turn,
            TurnLimiter limiter,
            AnswerCompletionPublisher completions,
            IdGenerator ids) {
        this.turn = turn;
        this.limiter = limiter;
        this.completions = completions;
        this.ids = ids;
    }

    /**
     * Blocks until the answer is complete.
     *
     * @param question 1 to {@value QuestionValidator#MAX_LENGTH} characters
     * @param history past questions and answers, oldest first
     * @param context of the model calls, for the usage ledger
     * @return an answer, or an abstention or a failure with its reason
     * @throws dev.lectern.shared.LecternException {@code INVALID_REQUEST}, {@code TOO_MANY_REQUESTS}, {@code INDEX_UNAVAILABLE}, {@code DEADLINE_EXCEEDED}
     */
    public Answer answer(
            String question,
            List<PastExchange> history,
            ReadableCollections collections,
            Deadline deadline,
            ModelCallContext context) {
        String text = QuestionValidator.validate(question, "question");
        TurnRequest request = new TurnRequest(new MessageId(ids.next()), text, history, collections, deadline, context);
        try (var _ = limiter.acquire();
                var _ = LogContext.current()
                        .with(LogContext.Field.ANSWER, request.answer().value())
                        .open()) {
            return run(request);
        }
    }

    private Answer run(TurnRequest request) {
        long start = System.nanoTime();
        try {
            Answer answer = turn.run(request, new StopSignal(), _ -> {}).answer();
            publish(answer, request);
            return answer;
        } catch (RuntimeException | Error e) {
            LecternException failure = e instanceof LecternException known
                    ? known
                    : new LecternException(ErrorCode.INTERNAL, ErrorCode.INTERNAL.title(), e);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            publish(
                    Failed.after(TurnState.EMPTY, request.answer(), took, failure)
                            .answer(),
                    request);
            throw e;
        }
    }

    private void publish(Answer answer, TurnRequest request) {
        completions.publish(AnswerCompleted.of(
                answer, request.context(), request.collections().ids()));
    }
}
