package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.prompt.Prompt;
import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.answering.writing.WriteResult.CitedPassage;
import dev.lectern.answering.writing.WriteResult.Incomplete;
import dev.lectern.answering.writing.WriteResult.NotAnswered;
import dev.lectern.answering.writing.WriteResult.Text;
import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.LanguageDetector;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes answers with a chat model from a prompt with numbered passages. */
final class ModelAnswerWriter implements AnswerWriter {
    private final ChatModel model;
    private final PromptBuilder prompts;
    private final BoundedModelCall call;
    private final int maxCharacters;

    /** @param maxCharacters maximum length of an answer; a longer text is cut and the model is cancelled */
    ModelAnswerWriter(
            ChatModel model, PromptBuilder prompts, int maxCharacters, ExecutorService executor, InstantSource clock) {
        this.model = model;
        this.prompts = prompts;
        this.call = new BoundedModelCall(model, executor, clock);
        this.maxCharacters = maxCharacters;
    }

    @Override
    public WriteResult write(WriteRequest request, Consumer<String> onText) {
        Prompt prompt =
                prompts.build(request.question(), request.history(), request.passages(), request.context());
        Map<Integer, NumberedPassage> given =
                prompt.given().stream().collect(Collectors.toMap(NumberedPassage::number, one -> one));
        Cancellation stop = new Cancellation();
        request.cancellation().onCancel(stop::cancel);
        ModelOutputFilter text = new ModelOutputFilter(given.keySet(), maxCharacters, onText, stop::cancel);
        try {
            ChatReply reply =
                    request.timeModel(() -> call.write(prompt.request(), text::write, stop, request.deadline()));
            boolean notAnswered = text.end();
            return toResult(
                    reply, notAnswered, text, given, request.cancellation().isCancelled());
        } catch (LecternException e) {
            text.end();
            return incomplete(text, given, null, e.code(), e.clientMessage());
        }
    }

    private WriteResult toResult(
            @Nullable ChatReply reply,
            boolean notAnswered,
            ModelOutputFilter text,
            Map<Integer, NumberedPassage> given,
            boolean cancelled) {
        if (cancelled) {
            return incomplete(text, given, reply, null, null);
        }
        if (notAnswered) {
            return new NotAnswered(name(reply), usage(reply));
        }
        if (text.text().isBlank()) {
            return incomplete(
                    text,
                    given,
                    reply,
                    ErrorCode.MODEL_FAILED,
                    "The model wrote no text. Ask again, or rephrase the question.");
        }
        boolean asConfigured = reply != null
                && reply.finish() == ChatReply.Finish.COMPLETE
                && reply.model().equals(model.name())
                && !text.isFull();
        return new Text(text.text(), cited(text, given), name(reply), usage(reply), asConfigured);
    }

    private Incomplete incomplete(
            ModelOutputFilter text,
            Map<Integer, NumberedPassage> given,
            @Nullable ChatReply reply,
            @Nullable ErrorCode code,
            @Nullable String detail) {
        return new Incomplete(text.text(), cited(text, given), name(reply), usage(reply), code, detail);
    }

    private static List<CitedPassage> cited(ModelOutputFilter text, Map<Integer, NumberedPassage> given) {
        Map<Integer, CitablePassage> citable = given.values().stream()
                .collect(Collectors.toMap(
                        NumberedPassage::number,
                        one -> new CitablePassage(
                                one.text(), one.ranked().passage().language())));
        return CitationSpanResolver.resolve(text.text(), text.markers(), citable, LanguageDetector.UNDETERMINED)
                .entrySet()
                .stream()
                .map(entry -> new CitedPassage(entry.getKey(), passage(given, entry.getKey()), entry.getValue()))
                .toList();
    }

    private static NumberedPassage passage(Map<Integer, NumberedPassage> given, int number) {
        NumberedPassage passage = given.get(number);
        if (passage == null) {
            throw new IllegalStateException("The text cites a passage that the prompt does not contain: " + number);
        }
        return passage;
    }

    private String name(@Nullable ChatReply reply) {
        return reply == null ? model.name() : reply.model();
    }

    private static TokenUsage usage(@Nullable ChatReply reply) {
        return reply == null ? TokenUsage.NONE : new TokenUsage(reply.inputTokens(), reply.outputTokens(), null);
    }
}
