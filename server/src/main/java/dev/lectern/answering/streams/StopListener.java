package dev.lectern.answering.streams;

import dev.lectern.conversations.ConversationDeleted;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Stops turns whose conversation was deleted, and all of them when the server stops. It is registered by whoever makes the runner: an annotated
 * listener would make the runner, and the models behind it, only to stop nothing.
 */
public final class StopListener implements ApplicationListener<ApplicationEvent> {
    private final TurnRunner runner;

    public StopListener(TurnRunner runner) {
        this.runner = runner;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ContextClosedEvent) {
            runner.stopAll();
        } else if (event instanceof PayloadApplicationEvent<?> payload
                && payload.getPayload() instanceof ConversationDeleted deleted) {
            runner.stop(deleted.conversation());
        }
    }
}
