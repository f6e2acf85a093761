package dev.lectern.models.onnx;

import dev.lectern.observability.spi.TaskThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs native code with deep recursion on a thread with a large stack. Creating a session of bge-small overflows a stack of 1 MB and of 3 MB, which
 * terminates the process without a message; 8 MB suffice. Unused stack costs no memory.
 */
final class LargeStackThread {
    private static final long BYTES = 64L << 20;

    private LargeStackThread() {}

    /** Runs {@code work} and blocks until its result is there. */
    static <T> T run(String threadName, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        TaskThreads.startPlatformThread(threadName, BYTES, task);
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
