package dev.lectern.answering.streams;

import dev.lectern.conversations.ConversationDeletedEvent;
import java.time.Duration;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Stops the turns of a deleted conversation, and all turns when the server stops. It runs before every other listener of the shutdown, so that the
 * streams of the readers are still open. The bean method of the runner registers it: an annotated listener would create the runner, and the models
 * behind it, only to stop nothing.
 */
final class TurnStopListener implements ApplicationListener<ApplicationEvent>, Ordered {
    private final TurnRunner runner;
    private final TurnLimiter limiter;
    private final Duration grace;

    /** @param grace how long running turns may go on after the server began to stop */
    TurnStopListener(TurnRunner runner, TurnLimiter limiter, Duration grace) {
        this.runner = runner;
        this.limiter = limiter;
        this.grace = grace;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ContextClosedEvent) {
            limiter.close();
            runner.stopAll(grace);
        } else if (event instanceof PayloadApplicationEvent<?> payload
                && payload.getPayload() instanceof ConversationDeletedEvent deleted) {
            runner.stopConversation(deleted.conversation());
        }
    }
}
