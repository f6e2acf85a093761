package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.Truncation;
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
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.text.TokenEstimator;
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
        Prompt prompt = prompts.build(request.question(), request.history(), request.passages(), request.context());
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
                    reply,
                    notAnswered,
                    text,
                    given,
                    prompt,
                    request.cancellation().isCancelled());
        } catch (LecternException e) {
            boolean notAnswered = text.end();
            ChatReply received = e instanceof ModelCallException call ? call.received() : null;
            if (isOutOfTime(e) && !notAnswered && !text.text().isBlank()) {
                return new Text(
                        text.text(),
                        cited(text, given),
                        model.name(),
                        usage(received, text, prompt),
                        null,
                        Truncation.DEADLINE);
            }
            return incomplete(text, given, received, prompt, e, ModelFallback.reasonOf(e));
        }
    }

    private static boolean isOutOfTime(LecternException failure) {
        return failure.code() == ErrorCode.DEADLINE_EXCEEDED
                || (failure instanceof ModelCallException call && call.isTimeout());
    }

    private WriteResult toResult(
            @Nullable ChatReply reply,
            boolean notAnswered,
            ModelOutputFilter text,
            Map<Integer, NumberedPassage> given,
            Prompt prompt,
            boolean cancelled) {
        if (cancelled) {
            return incomplete(text, given, reply, prompt, null, null);
        }
        TokenUsage usage = usage(reply, text, prompt);
        ModelFallback fallback = reply == null ? null : reply.fallback();
        if (notAnswered) {
            return new NotAnswered(name(reply), usage, fallback);
        }
        ChatReply.Finish finish = reply == null ? ChatReply.Finish.CANCELLED : reply.finish();
        if (text.text().isBlank()) {
            LecternException noText = new LecternException(
                    ErrorCode.MODEL_FAILED,
                    finish == ChatReply.Finish.FILTERED
                            ? "The content filter of the model service withheld the answer. Rephrase the question."
                            : "The model wrote no text. Ask again, or rephrase the question.");
            return incomplete(text, given, reply, prompt, noText, ModelFallback.reasonOf(finish));
        }
        return new Text(
                text.text(), cited(text, given), name(reply), usage, fallback, truncation(finish, text.isFull()));
    }

    /** A text that is full was cancelled by its filter. */
    private static @Nullable Truncation truncation(ChatReply.Finish finish, boolean full) {
        if (full) {
            return Truncation.TOO_LONG;
        }
        return switch (finish) {
            case COMPLETE -> null;
            case LENGTH -> Truncation.LENGTH;
            case FILTERED -> Truncation.FILTER;
            case CANCELLED, OTHER -> Truncation.OTHER;
        };
    }

    private Incomplete incomplete(
            ModelOutputFilter text,
            Map<Integer, NumberedPassage> given,
            @Nullable ChatReply reply,
            Prompt prompt,
            @Nullable LecternException failure,
            @Nullable String fallbackReason) {
        return new Incomplete(
                text.text(), cited(text, given), name(reply), usage(reply, text, prompt), failure, fallbackReason);
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

    private static TokenUsage usage(@Nullable ChatReply reply, ModelOutputFilter text, Prompt prompt) {
        return reply == null
                ? estimate(text, prompt)
                : new TokenUsage(
                        reply.inputTokens(),
                        reply.outputTokens(),
                        reply.thinkingTokens(),
                        reply.answeringModel(),
                        null);
    }

    /** The usage of a call that did not return, as the usage ledger estimates it: nothing unless the model wrote something. */
    private static TokenUsage estimate(ModelOutputFilter text, Prompt prompt) {
        return text.text().isEmpty()
                ? TokenUsage.NONE
                : new TokenUsage(prompt.request().estimateTokens(), TokenEstimator.of(text.text()), null);
    }
}
