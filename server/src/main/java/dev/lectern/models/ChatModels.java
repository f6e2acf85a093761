package dev.lectern.models;

import dev.lectern.models.gemini.Gemini;
import dev.lectern.models.openai.OpenAi;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.usage.UsageLedger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes chat models from their configured names, each behind the same decorators. Making one calls nobody. */
final class ChatModels {
    /** Answers without a model, by quoting; written by {@link Quoter}. */
    static final String EXTRACTIVE = "extractive";

    private final Gemini gemini;
    private final OpenAi openAi;
    private final UsageLedger ledger;
    private final CallLimits limits;
    private final Retries retries;
    private final CircuitBreakerRegistry circuitBreakerRegistry;
    private final InstantSource clock;

    ChatModels(
            Gemini gemini,
            OpenAi openAi,
            UsageLedger ledger,
            CallLimits limits,
            Retries retries,
            CircuitBreakerRegistry circuitBreakerRegistry,
            InstantSource clock) {
        this.gemini = gemini;
        this.openAi = openAi;
        this.ledger = ledger;
        this.limits = limits;
        this.retries = retries;
        this.circuitBreakerRegistry = circuitBreakerRegistry;
        this.clock = clock;
    }

    /**
     * @param names as {@code LECTERN_CHAT_MODEL} takes them: separated by commas, the order in which they are asked
     * @return empty when answers are quoted only
     * @throws LecternException {@code INVALID_REQUEST} when a name is of no known kind, or its key is missing
     */
    Optional<ChatModel> open(String names) {
        List<ChatModel> models = new ArrayList<>();
        for (String name : Arrays.stream(names.split(",")).map(String::strip).toList()) {
            if (name.equals(EXTRACTIVE)) {
                break;
            }
            models.add(called(name));
        }
        return switch (models.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(models.getFirst());
            default -> Optional.of(new FallbackChatModel(models));
        };
    }

    private ChatModel called(String name) {
        ChatModel metered = new MeteredChatModel(service(name), ledger, clock);
        ChatModel retried = new RetryingChatModel(new LimitedChatModel(metered, limits, clock), retries);
        return new CircuitChatModel(retried, circuitBreakerRegistry.of(name, ErrorCode.MODEL_UNAVAILABLE));
    }

    private ChatModel service(String name) {
        if (name.startsWith("gemini:")) {
            return gemini.chat(name.substring("gemini:".length()));
        }
        if (name.startsWith("openai:")) {
            return openAi.chat(name.substring("openai:".length()));
        }
        throw new LecternException(
                ErrorCode.INVALID_REQUEST,
                "LECTERN_CHAT_MODEL has \"" + name
                        + "\". Write extractive, gemini:<model> or openai:<model>; several are separated by commas.");
    }
}
