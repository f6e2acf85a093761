package dev.lectern.answering;

import dev.lectern.answering.streams.TurnLimiter;
import dev.lectern.answering.turn.RetrievalAugmentedTurn;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.TurnRequest;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ReadableCollections;
import java.util.List;

/** Takes turns on the calling thread and keeps nothing. */
final class SynchronousAnswerer implements Answers {
    private final RetrievalAugmentedTurn recipe;
    private final TurnLimiter turnLimiter;
    private final IdGenerator ids;

    SynchronousAnswerer(RetrievalAugmentedTurn recipe, TurnLimiter turnLimiter, IdGenerator ids) {
        this.recipe = recipe;
        this.turnLimiter = turnLimiter;
        this.ids = ids;
    }

    @Override
    public Answer answer(String question, List<PastExchange> history, ReadableCollections collections, Deadline deadline) {
        String checked = QuestionValidator.checked(question, "question");
        TurnRequest asked = new TurnRequest(new MessageId(ids.next()), checked, history, collections, deadline);
        try (var _ = turnLimiter.enter()) {
            return recipe.take(asked, new StopSignal(), _ -> {}).answer();
        }
    }
}
