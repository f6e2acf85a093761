package dev.lectern.cli.commands;

import dev.lectern.observability.spi.TaskThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the file system about a path of the command line, on a thread of its own: a network share that does not answer keeps the thread that asks. */
final class TimedPathCheck {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private TimedPathCheck() {}

    /**
     * Waits for the answer.
     *
     * @return empty when there is none within the limit
     * @throws IOException of the question
     */
    static <T> Optional<T> ask(Callable<T> question, Duration limit) throws IOException, InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        TaskThreads.startPlatformThread("path-check", () -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException known -> throw known;
                case RuntimeException known -> throw known;
                case null, default -> throw new IOException("The path could not be checked", failed);
            }
        }
    }
}
