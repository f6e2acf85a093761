package dev.lectern.models.onnx;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs native code that recurses deeply. Making a session of bge-small overflows the usual stack of one megabyte, and even one of three, which ends
 * the whole process without a word; with eight it works. Untouched stack costs no memory.
 */
final class DeepStack {
    private static final long BYTES = 64L << 20;

    private DeepStack() {}

    /** Waits for the result on the calling thread. */
    static <T> T call(String threadName, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name(threadName).daemon().stackSize(BYTES).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw e;
        }
    }
}
