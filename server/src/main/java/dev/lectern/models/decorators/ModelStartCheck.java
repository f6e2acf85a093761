package dev.lectern.models.decorators;

import dev.lectern.models.ModelTestCall;
import dev.lectern.models.RemoteModelName;
import dev.lectern.models.services.ModelServices;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.usage.UsageLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Calls each configured model of a service once after the start, so that the operator learns at once and not from the first reader what is wrong. The calls run in
 * the background, and are reported and recorded like others.
 */
class ModelStartCheck {
    private static final Logger log = LoggerFactory.getLogger(ModelStartCheck.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final boolean enabled;
    private final ModelSelectionProperties selection;
    private final ModelServices services;
    private final ModelCallMonitorRegistry monitors;
    private final UsageLedger ledger;
    private final ExecutorService executor;
    private final InstantSource clock;

    ModelStartCheck(
            ModelStartCheckProperties properties,
            ModelSelectionProperties selection,
            ModelServices services,
            ModelCallMonitorRegistry monitors,
            UsageLedger ledger,
            ExecutorService executor,
            InstantSource clock) {
        this.enabled = properties.checkAtStart();
        this.selection = selection;
        this.services = services;
        this.monitors = monitors;
        this.ledger = ledger;
        this.executor = executor;
        this.clock = clock;
    }

    /** Returns at once. */
    @EventListener(ApplicationReadyEvent.class)
    public void callModels() {
        if (!enabled) {
            return;
        }
        for (String name : RemoteModelName.chatModels(selection.chatModel())) {
            executor.execute(() -> check(ModelKind.CHAT, name, deadline -> chat(name, deadline)));
        }
        String embedder = selection.embedder();
        if (RemoteModelName.isRemote(embedder)) {
            executor.execute(() -> check(ModelKind.EMBEDDING, embedder, deadline -> embed(embedder, deadline)));
        }
    }

    private void check(ModelKind kind, String name, Function<Deadline, String> call) {
        ModelCallMonitor monitor = monitors.of(kind, name);
        Instant begun = clock.instant();
        try {
            String result = call.apply(Deadline.in(TIMEOUT, clock));
            monitor.recordSuccess();
            log.info("{} {} {}.", kind.title(), name, result);
        } catch (RuntimeException failure) {
            // The monitor writes the sentence to the log.
            monitor.recordFailure(failure, begun);
        }
    }

    private String chat(String name, Deadline deadline) {
        try (MeteredChatModel model = new MeteredChatModel(services.openChat(name), ledger, clock)) {
            return ModelTestCall.chat(model, deadline);
        }
    }

    private String embed(String name, Deadline deadline) {
        try (LedgerEmbedder model = new LedgerEmbedder(name, services.openEmbedder(name), ledger, clock)) {
            return ModelTestCall.describe(model.embedQuestions(
                            ModelTestCall.QUESTIONS, ModelCallContext.probe(), deadline)
                    .getFirst());
        }
    }
}
