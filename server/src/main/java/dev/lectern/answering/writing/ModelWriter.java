package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.citing.Citable;
import dev.lectern.answering.citing.Citing;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.answering.prompt.Prompt;
import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.answering.writing.Written.Broken;
import dev.lectern.answering.writing.Written.Cited;
import dev.lectern.answering.writing.Written.NotAnswered;
import dev.lectern.answering.writing.Written.Text;
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

/** Lets a chat model write from a prompt with numbered passages. */
public final class ModelWriter implements Writer {
    private final ChatModel model;
    private final PromptBuilder prompts;
    private final ModelCall call;
    private final int maxCharacters;

    /** @param maxCharacters of an answer; a model that writes more is cut off */
    public ModelWriter(
            ChatModel model, PromptBuilder prompts, int maxCharacters, ExecutorService executor, InstantSource clock) {
        this.model = model;
        this.prompts = prompts;
        this.call = new ModelCall(model, executor, clock);
        this.maxCharacters = maxCharacters;
    }

    @Override
    public Written write(Task task, Consumer<String> onText) {
        Prompt prompt = prompts.build(task.question(), task.history(), task.passages());
        Map<Integer, NumberedPassage> given =
                prompt.given().stream().collect(Collectors.toMap(NumberedPassage::number, one -> one));
        Cancellation stop = new Cancellation();
        task.cancellation().onCancel(stop::cancel);
        ReplyText text = new ReplyText(given.keySet(), maxCharacters, onText, stop::cancel);
        try {
            ChatReply reply = task.timed(() -> call.write(prompt.request(), text::write, stop, task.deadline()));
            boolean notAnswered = text.end();
            return ended(reply, notAnswered, text, given, task.cancellation().isCancelled());
        } catch (LecternException e) {
            text.end();
            return broken(text, given, null, e.code(), e.getMessage());
        }
    }

    private Written ended(
            @Nullable ChatReply reply,
            boolean notAnswered,
            ReplyText text,
            Map<Integer, NumberedPassage> given,
            boolean cancelled) {
        if (cancelled) {
            return broken(text, given, reply, null, null);
        }
        if (notAnswered) {
            return new NotAnswered(name(reply), usage(reply));
        }
        if (text.text().isBlank()) {
            return broken(
                    text,
                    given,
                    reply,
                    ErrorCode.MODEL_FAILED,
                    "The model wrote nothing. Ask again, or ask differently.");
        }
        boolean asConfigured = reply != null
                && reply.finish() == ChatReply.Finish.COMPLETE
                && reply.model().equals(model.name())
                && !text.isFull();
        return new Text(text.text(), cited(text, given), name(reply), usage(reply), asConfigured);
    }

    private Broken broken(
            ReplyText text,
            Map<Integer, NumberedPassage> given,
            @Nullable ChatReply reply,
            @Nullable ErrorCode code,
            @Nullable String detail) {
        return new Broken(text.text(), cited(text, given), name(reply), usage(reply), code, detail);
    }

    private static List<Cited> cited(ReplyText text, Map<Integer, NumberedPassage> given) {
        Map<Integer, Citable> citable = given.values().stream()
                .collect(Collectors.toMap(
                        NumberedPassage::number,
                        one -> new Citable(one.text(), one.ranked().passage().language())));
        return Citing.spans(text.text(), text.markers(), citable, LanguageDetector.UNDETERMINED).entrySet().stream()
                .map(entry -> new Cited(entry.getKey(), passage(given, entry.getKey()), entry.getValue()))
                .toList();
    }

    private static NumberedPassage passage(Map<Integer, NumberedPassage> given, int number) {
        NumberedPassage passage = given.get(number);
        if (passage == null) {
            throw new IllegalStateException("A marker came through that was not given: " + number);
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
