package dev.lectern.models.decorators;

import dev.lectern.models.ChatModel;
import dev.lectern.models.Quoter;
import dev.lectern.models.RemoteModelName;
import dev.lectern.models.services.ModelServices;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.usage.UsageLedger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates chat models from their configured names, each with the same decorators. Creating one does no I/O. */
final class ChatModelFactory {
    /** The name for answers without a chat model, which the {@link Quoter} writes. */
    static final String EXTRACTIVE = "extractive";

    /** What a name looks like, for error messages. */
    static final String FORM =
            "Write extractive, gemini:<model>, openai:<model> or <service>:<model>, or several of them separated by commas.";

    private final ModelServices services;
    private final UsageLedger ledger;
    private final ModelCallProperties limits;
    private final ModelCallRetrier modelCallRetrier;
    private final CircuitBreakerRegistry circuitBreakerRegistry;
    private final ModelCallMonitorRegistry monitors;
    private final InstantSource clock;

    ChatModelFactory(
            ModelServices services,
            UsageLedger ledger,
            ModelCallProperties limits,
            ModelCallRetrier modelCallRetrier,
            CircuitBreakerRegistry circuitBreakerRegistry,
            ModelCallMonitorRegistry monitors,
            InstantSource clock) {
        this.services = services;
        this.ledger = ledger;
        this.limits = limits;
        this.modelCallRetrier = modelCallRetrier;
        this.circuitBreakerRegistry = circuitBreakerRegistry;
        this.monitors = monitors;
        this.clock = clock;
    }

    /**
     * @param names as {@code LECTERN_CHAT_MODEL} takes them: separated by commas, in the order of their use
     * @return empty when no name before {@code extractive} is given
     * @throws LecternException {@code INVALID_REQUEST} when a name has an unknown kind or its API key is missing
     */
    Optional<ChatModel> open(String names) {
        List<ChatModel> models = new ArrayList<>();
        for (String name : RemoteModelName.chatModels(names)) {
            models.add(decorate(name));
        }
        return switch (models.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(models.getFirst());
            default -> Optional.of(new FallbackChatModel(models, clock));
        };
    }

    private ChatModel decorate(String name) {
        ChatModel metered = new MeteredChatModel(openService(name), ledger, clock);
        ChatModel retried =
                new RetryingChatModel(new ConcurrencyLimitedChatModel(metered, limits, clock), modelCallRetrier);
        ChatModel guarded =
                new CircuitBreakerChatModel(retried, circuitBreakerRegistry.of(name, ErrorCode.MODEL_UNAVAILABLE));
        return new MonitoredChatModel(guarded, monitors.of(ModelKind.CHAT, name), clock);
    }

    private ChatModel openService(String name) {
        if (services.isKnown(name)) {
            return services.openChat(name);
        }
        throw new LecternException(ErrorCode.INVALID_REQUEST, "Unknown chat model \"" + name + "\". " + FORM);
    }
}
