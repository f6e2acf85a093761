package dev.lectern.answering;

import dev.lectern.answering.streams.Admission;
import dev.lectern.answering.turn.Question;
import dev.lectern.answering.turn.StopSignal;
import dev.lectern.answering.turn.TurnRecipe;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.ReadableCollections;
import java.util.List;

/** Takes turns on the calling thread and keeps nothing. */
final class DirectAnswers implements Answers {
    private final TurnRecipe recipe;
    private final Admission admission;
    private final IdGenerator ids;

    DirectAnswers(TurnRecipe recipe, Admission admission, IdGenerator ids) {
        this.recipe = recipe;
        this.admission = admission;
        this.ids = ids;
    }

    @Override
    public Answer answer(String question, List<Exchange> history, ReadableCollections collections, Deadline deadline) {
        String checked = Questions.checked(question, "question");
        Question asked = new Question(new MessageId(ids.next()), checked, history, collections, deadline);
        try (var _ = admission.enter()) {
            return recipe.take(asked, new StopSignal(), _ -> {}).answer();
        }
    }
}
