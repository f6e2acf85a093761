package dev.lectern.answering.streams;

import dev.lectern.conversations.ConversationDeleted;
import java.time.Duration;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Stops turns whose conversation was deleted, and lets all of them end when the server stops: before anything else is told of that, so that their readers'
 * streams are still open. It is registered by whoever makes the runner: an annotated
 * listener would make the runner, and the models behind it, only to stop nothing.
 */
public final class StopListener implements ApplicationListener<ApplicationEvent>, Ordered {
    private final TurnRunner runner;
    private final Admission admission;
    private final Duration grace;

    /** @param grace how long turns may go on when the server stops, while no others begin */
    public StopListener(TurnRunner runner, Admission admission, Duration grace) {
        this.runner = runner;
        this.admission = admission;
        this.grace = grace;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ContextClosedEvent) {
            admission.close();
            runner.stopAll(grace);
        } else if (event instanceof PayloadApplicationEvent<?> payload
                && payload.getPayload() instanceof ConversationDeleted deleted) {
            runner.stop(deleted.conversation());
        }
    }
}
