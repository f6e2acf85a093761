package dev.lectern.usage;

import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.Money;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model as the ledger records it, or the sum of the calls of a job.
 *
 * @param at when the call began, or the first call of a job
 * @param model its configured name, such as {@code gemini:gemini-3.8-flash}, or {@code extractive}
 * @param context purpose, caller, conversation and job of the call
 * @param calls number of calls that the entry stands for; 0 for an extractive answer, for which no chat model is called
 * @param texts number of texts that were to be embedded; 0 for other calls
 * @param inputTokens as the model counted them, otherwise estimated; zero or more, 0 for a call that the service refused
 * @param outputTokens likewise, with thoughts; 0 for embeddings
 * @param thinkingTokens the part of the output tokens that the model thought with
 * @param answeringModel the model that the service says it used and charges, without the name of the service; null when it does not say
 * @param estimated whether tokens are estimated, since the service did not report them: it reports none for a cancelled or broken stream
 * @param took the duration of the call, or the sum of the durations of a job's calls, which may overlap
 * @param cost zero for what this process computes itself; null when the price of the model is unknown
 */
public record UsageEntry(
        Instant at,
        String model,
        ModelCallContext context,
        int calls,
        long texts,
        long inputTokens,
        long outputTokens,
        long thinkingTokens,
        @Nullable String answeringModel,
        boolean estimated,
        Outcome outcome,
        Duration took,
        @Nullable Money cost) {

    /** How the call ended. */
    public enum Outcome {
        DONE,
        CANCELLED,
        FAILED
    }

    /** A call of a model that does not think and answers itself. */
    public UsageEntry(
            Instant at,
            String model,
            ModelCallContext context,
            int calls,
            long texts,
            long inputTokens,
            long outputTokens,
            boolean estimated,
            Outcome outcome,
            Duration took,
            @Nullable Money cost) {
        this(at, model, context, calls, texts, inputTokens, outputTokens, 0, null, estimated, outcome, took, cost);
    }

    /** The sum of two entries of the same model, context and outcome. */
    public UsageEntry plus(UsageEntry other) {
        return new UsageEntry(
                at.isBefore(other.at) ? at : other.at,
                model,
                context,
                calls + other.calls,
                texts + other.texts,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                thinkingTokens + other.thinkingTokens,
                answeringModel,
                estimated || other.estimated,
                outcome,
                took.plus(other.took),
                cost == null || other.cost == null ? null : cost.plus(other.cost));
    }
}
