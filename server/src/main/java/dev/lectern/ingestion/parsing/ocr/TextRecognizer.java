package dev.lectern.ingestion.parsing.ocr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Recognises the text of the pages of one document within the limits of its command. Not thread-safe. */
public final class TextRecognizer {
    private static final long MAX_OUTPUT_BYTES = 20_000_000;
    private static final long POLL_MILLIS = 50;

    private final OcrCommand command;
    private final long end;
    private int pages;
    private @Nullable String failure;

    public TextRecognizer(OcrCommand command) {
        this.command = command;
        end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(command.fileMillis());
    }

    /**
     * Recognises the text of a picture.
     *
     * @return its pages; empty when it could not be recognised, for which {@link #failure} says the reason
     */
    public List<RecognisedPage> recognise(Path picture) {
        if (!isWithinLimits()) {
            return List.of();
        }
        pages++;
        try {
            String output = run(picture);
            return output == null ? List.of() : OcrOutputParser.parse(output);
        } catch (IOException e) {
            failure = "the command for text recognition could not be run";
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "the recognition was interrupted";
            return List.of();
        }
    }

    /** Whether another page may be recognised; otherwise {@link #failure} says why not. */
    public boolean isWithinLimits() {
        if (command.maxPages() == 0) {
            failure = "the recognition failed for the document as a whole";
        } else if (pages >= command.maxPages()) {
            failure = "text is recognised in at most %d pages of a document".formatted(command.maxPages());
        } else if (end - System.nanoTime() <= 0) {
            failure = "the time for reading one file is used up";
        } else {
            return true;
        }
        return false;
    }

    /** Why the last page that was not recognised was not; null when all were. */
    public @Nullable String failure() {
        return failure;
    }

    /** Records that a page could not be made a picture. */
    public void fail(String reason) {
        failure = reason;
    }

    /** The output goes to a file, so that nobody has to read it while the command runs. */
    private @Nullable String run(Path picture) throws IOException, InterruptedException {
        Path output = Files.createTempFile("recognised", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command.argumentsFor(picture))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(output.toFile());
            builder.environment().putIfAbsent("OMP_THREAD_LIMIT", "1");
            Process process = builder.start();
            String problem;
            try {
                process.getOutputStream().close();
                problem = await(process, output);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            if (problem != null) {
                failure = problem;
                return null;
            }
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Null when the command ended well. */
    private @Nullable String await(Process process, Path output) throws IOException, InterruptedException {
        long last = Math.min(end, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(command.pageMillis()));
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (Files.size(output) > MAX_OUTPUT_BYTES) {
                return "the command for text recognition printed more than 20 MB";
            }
            if (!ended && System.nanoTime() >= last) {
                return "the command for text recognition took too long";
            }
        }
        int code = process.exitValue();
        return code == 0 ? null : "the command for text recognition ended with " + code;
    }
}
