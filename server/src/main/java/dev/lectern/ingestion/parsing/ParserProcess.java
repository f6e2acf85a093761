package dev.lectern.ingestion.parsing;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** One running parser process, used by one caller at a time. The caller itself watches the process while it waits. */
final class ParserProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ParserProcess.class);
    private static final Duration START_TIME = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    /** What a Java process ends with by {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int MAX_ERROR_LENGTH = 2_000;

    private final Process process;
    private final Path scratch;
    private final ParsingProperties properties;
    private final Executor executor;
    private final InputStream in;
    private final OutputStream out;
    private final CompletableFuture<String> errors;
    private boolean rested;
    private volatile long usedAt = System.nanoTime();

    private ParserProcess(Process process, Path scratch, ParsingProperties properties, Executor executor) {
        this.process = process;
        this.scratch = scratch;
        this.properties = properties;
        this.executor = executor;
        in = new BufferedInputStream(process.getInputStream(), 1 << 16);
        out = process.getOutputStream();
        // The process outlives the document for which it was started.
        errors = CompletableFuture.supplyAsync(
                () -> drain(process.getErrorStream()), drainer -> executor.execute(new BackgroundTask(drainer)));
    }

    /** @throws IOException when it cannot be started, or is not ready in time */
    static ParserProcess start(ParserProcessLauncher command, ParsingProperties properties, Executor executor)
            throws IOException {
        Path scratch = Files.createTempDirectory("lectern-parser-");
        ParserProcess parser;
        try {
            parser = new ParserProcess(command.start(scratch), scratch, properties, executor);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(scratch);
            throw e;
        }
        long started = System.nanoTime();
        Answer ready = parser.await(() -> START_TIME.toNanos() - (System.nanoTime() - started));
        if (!(ready instanceof Answer.Given)) {
            parser.close();
            log.warn("The parser process did not start: {} {}", ready, parser.errors.join());
            throw new IOException("The parser process did not start");
        }
        return parser;
    }

    /** The answer of the process, or why there is none. */
    sealed interface Answer {
        record Given(ParseOutcome outcome) implements Answer {}

        record TooSlow() implements Answer {}

        record TooMuchMemory() implements Answer {}

        /** It ended, or sent something that is not an answer. */
        record Failed() implements Answer {}
    }

    boolean isUsable() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Marks it as resting; true the first time. */
    boolean markRested() {
        boolean first = !rested;
        rested = true;
        return first;
    }

    /** Time since its last answer. */
    Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - usedAt);
    }

    /**
     * Reads a file. After any answer other than {@code Given} the process is dead.
     *
     * @param nanosLeft time left, asked repeatedly; the attempt ends when it is 0
     * @throws IOException when the process had ended before, so that another may be tried
     */
    Answer ask(ParserMessageCodec.Request request, LongSupplier nanosLeft) throws IOException {
        ParserMessageCodec.write(request, out);
        Answer answer = await(nanosLeft);
        if (!(answer instanceof Answer.Given)) {
            close();
        }
        usedAt = System.nanoTime();
        return answer;
    }

    private Answer await(LongSupplier nanosLeft) {
        CompletableFuture<ParseOutcome> outcome = CompletableFuture.supplyAsync(this::readOutcome, executor);
        try {
            while (true) {
                long left = nanosLeft.getAsLong();
                if (left <= 0) {
                    return new Answer.TooSlow();
                }
                if (ResidentMemoryReader.of(process.pid())
                        > properties.residentMemory().toBytes()) {
                    return new Answer.TooMuchMemory();
                }
                try {
                    return new Answer.Given(outcome.get(Math.min(left, POLL_INTERVAL.toNanos()), TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    // Check memory and time again.
                }
            }
        } catch (ExecutionException e) {
            return describeDeath();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Reading the file was stopped.", e);
        }
    }

    private Answer describeDeath() {
        try {
            if (process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == OUT_OF_MEMORY) {
                return new Answer.TooMuchMemory();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Answer.Failed();
    }

    private ParseOutcome readOutcome() {
        try {
            return ParserMessageCodec.readOutcome(in, properties.textLength());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of its error output; logged only when the process does not start, so never with the name or text of a document. */
    private static String drain(InputStream stream) {
        StringBuilder kept = new StringBuilder();
        byte[] bytes = new byte[4096];
        try (stream) {
            for (int read = stream.read(bytes); read >= 0; read = stream.read(bytes)) {
                kept.append(new String(bytes, 0, read, StandardCharsets.UTF_8));
                kept.delete(0, Math.max(0, kept.length() - MAX_ERROR_LENGTH));
            }
        } catch (IOException e) {
            log.debug("The parser process closed its error stream", e);
        }
        return kept.toString();
    }

    /** Kills the process and deletes its temporary files. May be called again. */
    @Override
    public void close() {
        // Such as the recognition of text in a picture, which would go on without its parent.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            FileSystemUtils.deleteRecursively(scratch);
        } catch (IOException e) {
            log.warn("Temporary files of a parser process are left in {}", scratch);
        }
    }
}
