package dev.lectern.models.onnx;

import ai.onnxruntime.OrtException;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.models.onnx.EmbeddingThreadPool.Priority;
import dev.lectern.models.onnx.OnnxModel.TextEmbedding;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ShutdownSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Embeds with an ONNX model in this process, one text at a time on each core, questions before passages. Loads the model at its first use. The deadline is
 * checked between texts; a text that is being embedded is finished.
 */
public final class OnnxEmbedder implements EmbeddingModel {
    private final ModelFiles files;
    private final Path nativeLibraries;
    private final InstantSource clock;
    private final EmbeddingThreadPool pool;

    private @Nullable EmbeddingModelDescription description;
    private @Nullable EmbedderFingerprint fingerprint;
    private volatile @Nullable OnnxModel model;
    private boolean closed;

    private OnnxEmbedder(ModelFiles files, Path nativeLibraries, InstantSource clock) {
        this.files = files;
        this.nativeLibraries = nativeLibraries;
        this.clock = clock;
        this.pool = new EmbeddingThreadPool(Runtime.getRuntime().availableProcessors());
    }

    /** The model in the distribution. */
    public static OnnxEmbedder bundled(Path nativeLibraries, InstantSource clock) {
        return new OnnxEmbedder(new BundledModelFiles(), nativeLibraries, clock);
    }

    /** A model in a folder with {@code model.onnx}, {@code tokenizer.json} and {@code embedder.json}. */
    public static OnnxEmbedder ofFolder(Path folder, Path nativeLibraries, InstantSource clock) {
        return new OnnxEmbedder(new FolderModelFiles(folder), nativeLibraries, clock);
    }

    /**
     * Checks that a folder has the files of a model and that its description is valid, without loading the model.
     *
     * @throws LecternException what is missing or invalid, in one sentence
     */
    public static void checkFolder(Path folder) {
        new FolderModelFiles(folder).check();
    }

    @Override
    public synchronized EmbedderFingerprint fingerprint() {
        if (fingerprint == null) {
            try {
                fingerprint = description().fingerprint(files.hashOfWeights());
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
        return fingerprint;
    }

    @Override
    public Set<String> languages() {
        return description().languages();
    }

    @Override
    public int maxTokens() {
        return description().maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return model().countTokens(text);
    }

    @Override
    public int maxTexts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public EmbeddingReply embedQuestions(List<String> questions, Deadline deadline) {
        return embed(Priority.QUESTION, description().questionPrefix(), questions, deadline);
    }

    @Override
    public EmbeddingReply embedPassages(List<String> passages, Deadline deadline) {
        return embed(Priority.PASSAGE, description().passagePrefix(), passages, deadline);
    }

    private EmbeddingReply embed(Priority priority, String prefix, List<String> texts, Deadline deadline) {
        int window = 2 * pool.threads();
        List<TextEmbedding> embeddings = new ArrayList<>(texts.size());
        Deque<Future<TextEmbedding>> running = new ArrayDeque<>();
        try {
            for (String text : texts) {
                if (running.size() == window) {
                    embeddings.add(await(running.removeFirst(), deadline));
                }
                running.addLast(submit(priority, prefix + text, deadline));
            }
            while (!running.isEmpty()) {
                embeddings.add(await(running.removeFirst(), deadline));
            }
            return new EmbeddingReply(
                    embeddings.stream().map(TextEmbedding::vector).toList(),
                    embeddings.stream().mapToLong(TextEmbedding::tokens).sum(),
                    false);
        } finally {
            running.forEach(future -> future.cancel(false));
        }
    }

    private Future<TextEmbedding> submit(Priority priority, String text, Deadline deadline) {
        OnnxModel loaded = model();
        try {
            return pool.submit(priority, () -> {
                if (deadline.hasPassed(clock)) {
                    throw deadlineExceeded();
                }
                return loaded.embed(text);
            });
        } catch (RejectedExecutionException e) {
            throw new LecternException(
                    ErrorCode.OVERLOADED, "Too many texts are waiting to be embedded. Try again in a moment.", e);
        }
    }

    private TextEmbedding await(Future<TextEmbedding> embedding, Deadline deadline) {
        try {
            return embedding.get(deadline.remaining(clock).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            embedding.cancel(false);
            throw deadlineExceeded();
        } catch (InterruptedException e) {
            embedding.cancel(false);
            throw interrupted(e);
        } catch (CancellationException e) {
            throw closing();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LecternException known) {
                throw known;
            }
            throw new LecternException(
                    ErrorCode.MODEL_FAILED,
                    "The embedding model " + files + " failed on a text. The log has the details.",
                    e.getCause());
        }
    }

    private static LecternException deadlineExceeded() {
        return new LecternException(
                ErrorCode.DEADLINE_EXCEEDED, "Embedding did not finish before the deadline. Try again.");
    }

    private static LecternException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LecternException(
                ErrorCode.SHUTTING_DOWN, "Embedding was interrupted because the server is stopping. Try again.", e);
    }

    private static LecternException closing() {
        return new LecternException(
                ErrorCode.SHUTTING_DOWN, "The embedding model is closed because the server is stopping. Try again.");
    }

    private synchronized EmbeddingModelDescription description() {
        if (description == null) {
            try {
                description = files.description();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
        return description;
    }

    private OnnxModel model() {
        OnnxModel loaded = model;
        return loaded != null ? loaded : load();
    }

    private synchronized OnnxModel load() {
        if (closed) {
            throw closing();
        }
        OnnxModel loaded = model;
        if (loaded == null) {
            try {
                NativeLibrarySettings.apply(nativeLibraries);
                EmbeddingModelDescription described = description();
                loaded = LargeStackThread.run("embedding-loader", () -> new OnnxModel(files, described));
                model = loaded;
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (Exception | LinkageError e) {
                // A process that ends refuses what loading needs, such as a shutdown hook. The model is not to blame.
                if (ShutdownSignal.isReceived()) {
                    throw closing();
                }
                if (e instanceof IOException failure) {
                    throw unreadable(failure);
                }
                requireSpace(e);
                throw new LecternException(
                        ErrorCode.MODEL_FAILED,
                        "The embedding model " + files
                                + " cannot be loaded. Check that its files are complete and belong together, and that"
                                + " this platform is supported.",
                        e);
            }
        }
        return loaded;
    }

    /** Native libraries are unpacked before their first use; without space for them, their loader fails in ways that do not name the reason. */
    private void requireSpace(Throwable failure) {
        for (Path folder : List.of(nativeLibraries, Path.of(System.getProperty("java.io.tmpdir")))) {
            if (NativeLibrarySettings.lacksSpace(folder)) {
                throw DiskFull.exception("the disk of " + folder + ", where the libraries of the model are unpacked", failure);
            }
        }
        if (DiskFull.isCauseOf(failure)) {
            throw DiskFull.exception("the disk where the libraries of the model are unpacked", failure);
        }
    }

    private LecternException unreadable(IOException cause) {
        requireSpace(cause);
        return new LecternException(
                ErrorCode.MODEL_FAILED,
                "The embedding model " + files
                        + " cannot be read. Its folder needs model.onnx, tokenizer.json and embedder.json, readable by"
                        + " this user.",
                cause);
    }

    /** Blocks until running embeddings are done. */
    @Override
    public synchronized void close() {
        closed = true;
        pool.close();
        OnnxModel loaded = model;
        model = null;
        if (loaded != null) {
            try {
                loaded.close();
            } catch (OrtException e) {
                throw new IllegalStateException("The memory of the model cannot be freed", e);
            }
        }
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
