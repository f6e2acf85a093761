package dev.lectern.answering.writing;

import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Quoter;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** The writers of the package, for the tests of other packages. */
public final class AnswerWriterFixture {
    private AnswerWriterFixture() {}

    public static AnswerWriter calling(ChatModel model, ExecutorService executor) {
        return new ModelAnswerWriter(model, new PromptBuilder(4_000, 500), 10_000, executor, Clock.systemUTC());
    }

    public static AnswerWriter callingOrQuoting(ChatModel model, Quoter quoter, ExecutorService executor) {
        return new FallbackAnswerWriter(calling(model, executor), model.name(), quoting(quoter), Clock.systemUTC());
    }

    public static AnswerWriter quoting(Quoter quoter) {
        return new QuotingAnswerWriter(quoter);
    }
}
