package dev.lectern.ingestion.parsing;

import dev.lectern.ingestion.parsing.ParserProcess.Answer;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.ocr.OcrCommand;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of parser processes: started when there is a file to read, reused, ended when idle, replaced when dead. When all are
 * busy, callers wait as long as their deadline allows. Large files wait for each other, so that a small one waits for no more than
 * the large one that is being read.
 */
public final class ParserPool implements DocumentParser, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ParserPool.class);

    /** Bytes from which reading a file may take long. */
    private static final long LARGE_BYTES = 8L << 20;

    private final ParsingProperties properties;
    private final @Nullable OcrCommand ocr;
    private final ParserProcessLauncher command;
    private final InstantSource clock;
    private final Executor executor;
    private final Semaphore turns;
    /** Of large files, of which all but one process may be reading one; with one process, it as well. */
    private final Semaphore largeTurns;

    private final Deque<ParserProcess> resting = new ArrayDeque<>();
    private boolean closed;

    /** @param executor runs a few short-lived and blocking tasks for each process */
    public ParserPool(ParsingProperties properties, OcrProperties ocr, InstantSource clock, Executor executor) {
        this(properties, ocr, new ParserProcessLauncher(properties), clock, executor);
    }

    ParserPool(
            ParsingProperties properties,
            OcrProperties ocr,
            ParserProcessLauncher command,
            InstantSource clock,
            Executor executor) {
        this.properties = properties;
        this.ocr = ocr.toCommand(properties.fileTime());
        this.command = command;
        this.clock = clock;
        this.executor = executor;
        turns = new Semaphore(properties.processes(), true);
        largeTurns = new Semaphore(Math.max(1, properties.processes() - 1), true);
    }

    @Override
    public ParseOutcome parse(Path file, String name, Deadline deadline) {
        if (!isLarge(file)) {
            return readInTurn(file, name, deadline);
        }
        awaitTurn(largeTurns, deadline);
        try {
            return readInTurn(file, name, deadline);
        } finally {
            largeTurns.release();
        }
    }

    private static boolean isLarge(Path file) {
        try {
            return Files.size(file) >= LARGE_BYTES;
        } catch (IOException e) {
            log.debug("The size of a file is not known; the parser says what is wrong with it", e);
            return false;
        }
    }

    private ParseOutcome readInTurn(Path file, String name, Deadline deadline) {
        awaitTurn(turns, deadline);
        try {
            return read(file, name, deadline);
        } catch (IOException e) {
            requireSpace(e);
            log.warn("No parser process could be used", e);
            return new ParseOutcome.Rejected(
                    RejectionCode.PARSER_FAILED,
                    "The parser process could not be started. See the server's log for the cause, then retry.");
        } finally {
            turns.release();
        }
    }

    private static void requireSpace(IOException e) {
        if (DiskFull.isCauseOf(e)) {
            throw noSpace(e);
        }
    }

    private static LecternException noSpace(@Nullable IOException e) {
        return DiskFull.exception("the disk of the temporary files", e);
    }

    private void awaitTurn(Semaphore queue, Deadline deadline) {
        try {
            if (!queue.tryAcquire(deadline.remaining(clock).toMillis(), TimeUnit.MILLISECONDS)) {
                throw deadlineExceeded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "Reading the file was stopped.", e);
        }
    }

    private ParseOutcome read(Path file, String name, Deadline deadline) throws IOException {
        ParserMessageCodec.Request request = new ParserMessageCodec.Request(
                file.toAbsolutePath(),
                name.length() <= 1_000 ? name : name.substring(name.length() - 1_000),
                new ParseLimits(
                        properties.fileSize().toBytes(),
                        properties.textLength(),
                        properties.depth(),
                        properties.attachments(),
                        ocr));
        ParseOutcome outcome = read(request, deadline);
        if (ocr == null || !hasFailed(outcome)) {
            return outcome;
        }
        // A picture that was too much for the process must not cost the text of the other pages.
        log.warn("A document could not be read with recognition of text: it is read without");
        return read(request.withoutRecognition(), deadline);
    }

    private static boolean hasFailed(ParseOutcome outcome) {
        return outcome instanceof ParseOutcome.Rejected(RejectionCode code, String _)
                && (code == RejectionCode.TOO_SLOW
                        || code == RejectionCode.TOO_MUCH_MEMORY
                        || code == RejectionCode.PARSER_FAILED);
    }

    private ParseOutcome read(ParserMessageCodec.Request request, Deadline deadline) throws IOException {
        ParserProcess rested = takeResting();
        if (rested != null) {
            try {
                return read(rested, request, deadline);
            } catch (IOException e) {
                log.debug("A parser process had ended while it rested", e);
                rested.close();
            }
        }
        return read(ParserProcess.start(command, properties, executor), request, deadline);
    }

    private ParseOutcome read(ParserProcess process, ParserMessageCodec.Request request, Deadline deadline)
            throws IOException {
        long began = System.nanoTime();
        LongSupplier own = () -> properties.fileTime().toNanos() - (System.nanoTime() - began);
        LongSupplier callers = () -> deadline.remaining(clock).toNanos();
        Answer answer = process.ask(request, () -> Math.min(own.getAsLong(), callers.getAsLong()));
        return switch (answer) {
            case Answer.Given(ParseOutcome outcome) -> {
                rest(process);
                if (outcome instanceof ParseOutcome.Rejected(RejectionCode code, String _)
                        && code == RejectionCode.DISK_FULL) {
                    throw noSpace(null);
                }
                yield outcome;
            }
            case Answer.TooSlow() -> {
                if (own.getAsLong() > 0) {
                    throw deadlineExceeded();
                }
                yield new ParseOutcome.Rejected(
                        RejectionCode.TOO_SLOW,
                        "The file could not be read within %d seconds. Split it into smaller files, or save it again from the program that made it."
                                .formatted(properties.fileTime().toSeconds()));
            }
            case Answer.TooMuchMemory() ->
                new ParseOutcome.Rejected(
                        RejectionCode.TOO_MUCH_MEMORY,
                        "Reading the file needs more memory than the %d MB that are allowed. Split it into smaller files, or save it again from the program that made it."
                                .formatted(properties.residentMemory().toMegabytes()));
            case Answer.Failed() ->
                new ParseOutcome.Rejected(
                        RejectionCode.PARSER_FAILED,
                        "The file made the parser process fail; it is probably damaged. Save it again from the program that made it.");
        };
    }

    private static LecternException deadlineExceeded() {
        return new LecternException(
                ErrorCode.DEADLINE_EXCEEDED, "The deadline passed before the file was read. Try again later.");
    }

    private synchronized @Nullable ParserProcess takeResting() {
        if (closed) {
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is stopping.");
        }
        while (!resting.isEmpty()) {
            ParserProcess process = resting.pop();
            if (process.isUsable()) {
                return process;
            }
            process.close();
        }
        return null;
    }

    private synchronized void rest(ParserProcess process) {
        if (closed) {
            process.close();
            return;
        }
        resting.push(process);
        if (process.markRested()) {
            executor.execute(new BackgroundTask(() -> endWhenIdle(process)));
        }
    }

    /** One task for each process, as long as it lives; woken when the pool is closed. */
    private synchronized void endWhenIdle(ParserProcess process) {
        try {
            while (process.isUsable() && !closed) {
                Duration left = resting.contains(process)
                        ? properties.idleTime().minus(process.idleTime())
                        : properties.idleTime();
                if (left.isPositive()) {
                    wait(Math.max(1, left.toMillis()));
                } else {
                    resting.remove(process);
                    process.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            resting.remove(process);
            process.close();
        }
    }

    /** Processes that are running and have nothing to do. */
    synchronized int restingCount() {
        return resting.size();
    }

    /** Files that wait for their turn. */
    int waitingCount() {
        return turns.getQueueLength() + largeTurns.getQueueLength();
    }

    /** Ends the resting processes at once, a busy one with its file. */
    @Override
    public synchronized void close() {
        closed = true;
        resting.forEach(ParserProcess::close);
        resting.clear();
        notifyAll();
    }
}
