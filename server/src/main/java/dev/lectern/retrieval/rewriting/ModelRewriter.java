package dev.lectern.retrieval.rewriting;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.retrieval.rewriting.Searched.Query;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the chat model write the self-contained question, within a short deadline. The last turn is searched, too, in case the model went astray. */
public final class ModelRewriter implements Rewriter {
    private static final Logger log = LoggerFactory.getLogger(ModelRewriter.class);
    private static final double WRITTEN = 0.8;
    private static final int LOOKED_AT = 6;
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_TOKENS = 200;

    private final ChatModel model;
    private final String instructions;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param instructions the prompt of the file {@code prompts/rewrite-v1.txt} */
    public ModelRewriter(ChatModel model, String instructions, Duration timeout, InstantSource clock) {
        this.model = model;
        this.instructions = instructions;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public Searched rewrite(String question, List<String> earlier, Deadline deadline) {
        if (earlier.isEmpty()) {
            return Searched.asIs(question);
        }
        String written = written(question, earlier, deadline);
        if (written.isEmpty() || written.length() > MAX_LENGTH) {
            return FollowUpRule.of(question, earlier);
        }
        return written.equals(question)
                ? Searched.asIs(question)
                : new Searched(written, List.of(new Query(question, 1 - WRITTEN), new Query(written, WRITTEN)));
    }

    @Override
    public boolean asksModel() {
        return true;
    }

    private String written(String question, List<String> earlier, Deadline deadline) {
        ChatRequest request = new ChatRequest(
                ChatRequest.Purpose.REWRITE,
                instructions,
                List.of(new ChatRequest.Message(ChatRequest.Role.READER, conversation(question, earlier))),
                MAX_TOKENS);
        try {
            ChatReply reply = model.write(request, text -> {}, new Cancellation(), deadline.atMost(timeout, clock));
            return reply.finish() == ChatReply.Finish.COMPLETE
                    ? reply.text().lines().findFirst().orElse("").strip()
                    : "";
        } catch (LecternException e) {
            log.info("The model did not rewrite the question ({}); the rule does", e.code());
            return "";
        }
    }

    @Override
    public String toString() {
        return "Rewriting[" + model.name() + "]";
    }

    private static String conversation(String question, List<String> earlier) {
        List<String> last = earlier.subList(Math.max(0, earlier.size() - LOOKED_AT), earlier.size());
        String numbered = IntStream.range(0, last.size())
                .mapToObj(i -> (i + 1) + ". " + oneLine(last.get(i)))
                .collect(Collectors.joining("\n"));
        return "Earlier questions:\n" + numbered + "\n\nLast question:\n" + oneLine(question);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
