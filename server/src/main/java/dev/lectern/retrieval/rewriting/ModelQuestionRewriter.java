package dev.lectern.retrieval.rewriting;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.retrieval.rewriting.RewrittenQuestion.WeightedQuery;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the chat model write the self-contained question, within a short deadline. The question as it was asked is searched, too, in case the model errs. */
public final class ModelQuestionRewriter implements QuestionRewriter {
    private static final Logger log = LoggerFactory.getLogger(ModelQuestionRewriter.class);
    /** Of the model's wording; the original has the rest. */
    private static final double MODEL_WEIGHT = 0.8;

    private static final int MAX_EARLIER = 6;
    private static final int MAX_TOKENS = 200;

    private final ChatModel model;
    private final String instructions;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param instructions the prompt of the file {@code prompts/rewrite-v1.txt} */
    public ModelQuestionRewriter(ChatModel model, String instructions, Duration timeout, InstantSource clock) {
        this.model = model;
        this.instructions = instructions;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public RewrittenQuestion rewrite(
            String question,
            List<String> earlier,
            ModelCallContext context,
            Cancellation cancellation,
            Deadline deadline) {
        if (earlier.isEmpty() || cancellation.isCancelled()) {
            return FollowUpRule.of(question, earlier);
        }
        return write(question, earlier, context, cancellation, deadline)
                .map(written -> combine(question, written))
                .orElseGet(() -> FollowUpRule.of(question, earlier));
    }

    private static RewrittenQuestion combine(String question, String written) {
        return written.equals(question)
                ? RewrittenQuestion.unchanged(question)
                : new RewrittenQuestion(
                        written,
                        List.of(
                                new WeightedQuery(question, 1 - MODEL_WEIGHT),
                                new WeightedQuery(written, MODEL_WEIGHT)));
    }

    @Override
    public boolean callsModel() {
        return true;
    }

    private Optional<String> write(
            String question,
            List<String> earlier,
            ModelCallContext context,
            Cancellation cancellation,
            Deadline deadline) {
        ChatRequest request = new ChatRequest(
                context.forStep(Purpose.REWRITE),
                instructions,
                List.of(new ChatRequest.Message(ChatRequest.Role.READER, conversation(question, earlier))),
                MAX_TOKENS);
        try {
            ChatReply reply = model.write(request, text -> {}, cancellation, deadline.atMost(timeout, clock));
            Optional<String> written = reply.finish() == ChatReply.Finish.COMPLETE
                    ? RewriteValidator.validate(reply.text(), question, earlier)
                    : Optional.empty();
            if (written.isEmpty()) {
                log.info(
                        "The chat model wrote no usable question (it ended with {} after {} characters); the follow-up rule applies",
                        reply.finish(),
                        reply.text().length());
            }
            return written;
        } catch (LecternException e) {
            log.info("The chat model did not rewrite the question ({}); the follow-up rule applies", e.code());
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "QuestionRewriter[" + model.name() + "]";
    }

    private static String conversation(String question, List<String> earlier) {
        List<String> last = earlier.subList(Math.max(0, earlier.size() - MAX_EARLIER), earlier.size());
        String numbered = IntStream.range(0, last.size())
                .mapToObj(i -> (i + 1) + ". " + oneLine(last.get(i)))
                .collect(Collectors.joining("\n"));
        return "Earlier questions:\n" + numbered + "\n\nLast question:\n" + oneLine(question);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
