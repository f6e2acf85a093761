package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ModelCallException;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.text.TokenEstimator;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageEntry.Outcome;
import dev.lectern.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the usage of every request that reached the service in the ledger. Failed and cancelled calls are recorded, too, since the provider charges for what
 * was written. A call that was cancelled before it began is not sent.
 */
final class MeteredChatModel extends ChatModelDecorator {
    private final UsageLedger ledger;
    private final InstantSource clock;

    MeteredChatModel(ChatModel model, UsageLedger ledger, InstantSource clock) {
        super("Metered", model);
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        if (cancellation.isCancelled()) {
            return new ChatReply("", ChatReply.Finish.CANCELLED, model.name(), 0, 0);
        }
        Instant begun = clock.instant();
        StringBuilder written = new StringBuilder();
        ChatReply reply;
        try {
            reply = model.write(
                    request,
                    text -> {
                        written.append(text);
                        onText.accept(text);
                    },
                    cancellation,
                    deadline);
        } catch (ModelCallException e) {
            recordFailure(request, begun, e.received(), written, e);
            throw e;
        } catch (RuntimeException e) {
            recordFailure(request, begun, null, written, e);
            throw e;
        }
        Outcome outcome = reply.finish() == ChatReply.Finish.CANCELLED ? Outcome.CANCELLED : Outcome.DONE;
        record(request, begun, reply, outcome);
        return reply;
    }

    /** The service charges what it sent, thoughts included, whether the reply was of use or not. */
    private void recordFailure(
            ChatRequest request,
            Instant begun,
            @Nullable ChatReply received,
            CharSequence written,
            RuntimeException failure) {
        if (received != null) {
            record(request, begun, received, Outcome.FAILED);
        } else if (!UnsentRequestDetector.isUnsent(failure)) {
            int input = written.isEmpty() ? 0 : request.estimateTokens();
            int output = TokenEstimator.of(written);
            record(
                    request,
                    begun,
                    new ChatReply(
                            "", ChatReply.Finish.OTHER, model.name(), input, output, !written.isEmpty()),
                    Outcome.FAILED);
        }
    }

    private void record(ChatRequest request, Instant begun, ChatReply reply, Outcome outcome) {
        ledger.record(new UsageEntry(
                begun,
                model.name(),
                request.context(),
                1,
                0,
                reply.inputTokens(),
                reply.outputTokens(),
                reply.thinkingTokens(),
                reply.answeringModel(),
                reply.estimated(),
                outcome,
                Duration.between(begun, clock.instant()),
                null));
    }
}
