package dev.lectern.answering;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A model that does what a test says. It behaves well unless its script does not. */
public final class ScriptedModel implements ChatModel {

    /** What it does when it is asked. */
    @FunctionalInterface
    public interface Script {
        void play(Consumer<String> onText, Cancellation cancellation) throws InterruptedException;
    }

    public volatile Script script = writes("Employees receive 28 days ", "of annual leave each year. [1]");
    /** How a reply that was not cancelled ends. */
    public volatile Finish ending = Finish.COMPLETE;

    public volatile @Nullable ChatRequest last;
    public final AtomicInteger cancelled = new AtomicInteger();

    public static Script writes(String... pieces) {
        return (onText, _) -> {
            for (String piece : pieces) {
                onText.accept(piece);
            }
        };
    }

    /** Writes the beginning, then waits for {@code go} or its cancellation, then the end. */
    public static Script pausing(String beginning, CountDownLatch go, String end) {
        return (onText, cancellation) -> {
            onText.accept(beginning);
            CountDownLatch woken = new CountDownLatch(1);
            cancellation.onCancel(woken::countDown);
            Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    woken.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            woken.await();
            if (!cancellation.isCancelled()) {
                onText.accept(end);
            }
        };
    }

    @Override
    public String name() {
        return "scripted:one";
    }

    @Override
    public int maxInputTokens() {
        return 4_000;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        last = request;
        cancellation.onCancel(cancelled::incrementAndGet);
        StringBuilder text = new StringBuilder();
        try {
            script.play(
                    piece -> {
                        text.append(piece);
                        onText.accept(piece);
                    },
                    cancellation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Finish finish = cancellation.isCancelled() ? Finish.CANCELLED : ending;
        return new ChatReply(text.toString(), finish, name(), 812, 34);
    }

    @Override
    public void close() {}
}
