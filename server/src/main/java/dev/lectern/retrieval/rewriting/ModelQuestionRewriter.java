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
    private static final int MAX_LENGTH = 1_000;
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
            String question, List<String> earlier, ModelCallContext context, Deadline deadline) {
        if (earlier.isEmpty()) {
            return RewrittenQuestion.unchanged(question);
        }
        String written = written(question, earlier, context, deadline);
        if (written.length() > MAX_LENGTH) {
            log.info(
                    "The chat model rewrote a question to {} characters, more than {}; the follow-up rule applies",
                    written.length(),
                    MAX_LENGTH);
        }
        if (written.isEmpty() || written.length() > MAX_LENGTH) {
            return FollowUpRule.of(question, earlier);
        }
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

    private String written(String question, List<String> earlier, ModelCallContext context, Deadline deadline) {
        ChatRequest request = new ChatRequest(
                context.forStep(Purpose.REWRITE),
                instructions,
                List.of(new ChatRequest.Message(ChatRequest.Role.READER, conversation(question, earlier))),
                MAX_TOKENS);
        try {
            ChatReply reply = model.write(request, text -> {}, new Cancellation(), deadline.atMost(timeout, clock));
            String written = reply.finish() == ChatReply.Finish.COMPLETE
                    ? reply.text().lines().findFirst().orElse("").strip()
                    : "";
            if (written.isEmpty()) {
                log.info(
                        "The chat model wrote no complete question (it ended with {}); the follow-up rule applies",
                        reply.finish());
            }
            return written;
        } catch (LecternException e) {
            log.info("The chat model did not rewrite the question ({}); the follow-up rule applies", e.code());
            return "";
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
