package dev.lectern.answering.streams;

import dev.lectern.conversations.ConversationDeletedEvent;
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
public final class TurnStopListener implements ApplicationListener<ApplicationEvent>, Ordered {
    private final TurnRunner runner;
    private final TurnLimiter turnLimiter;
    private final Duration grace;

    /** @param grace how long turns may go on when the server stops, while no others begin */
    public TurnStopListener(TurnRunner runner, TurnLimiter turnLimiter, Duration grace) {
        this.runner = runner;
        this.turnLimiter = turnLimiter;
        this.grace = grace;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ContextClosedEvent) {
            turnLimiter.close();
            runner.stopAll(grace);
        } else if (event instanceof PayloadApplicationEvent<?> payload
                && payload.getPayload() instanceof ConversationDeletedEvent deleted) {
            runner.stop(deleted.conversation());
        }
    }
}
