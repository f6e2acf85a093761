package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
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

/** Records the usage of every call in the ledger. Failed and cancelled calls are recorded, too, since the provider charges for what was written. */
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
        } catch (RuntimeException e) {
            int input = written.isEmpty() ? 0 : request.estimateTokens();
            record(request, begun, input, TokenEstimator.of(written), Outcome.FAILED);
            throw e;
        }
        Outcome outcome = reply.finish() == ChatReply.Finish.CANCELLED ? Outcome.CANCELLED : Outcome.DONE;
        record(request, begun, reply.inputTokens(), reply.outputTokens(), outcome);
        return reply;
    }

    private void record(ChatRequest request, Instant begun, int input, int output, Outcome outcome) {
        Duration took = Duration.between(begun, clock.instant());
        ledger.record(new UsageEntry(begun, model.name(), purpose(request), input, output, outcome, took, null, null));
    }

    private static UsageEntry.Purpose purpose(ChatRequest request) {
        return switch (request.purpose()) {
            case ANSWER -> UsageEntry.Purpose.ANSWER;
            case REWRITE -> UsageEntry.Purpose.REWRITE;
            case TITLE -> UsageEntry.Purpose.TITLE;
        };
    }
}
