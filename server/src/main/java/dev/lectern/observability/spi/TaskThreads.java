package dev.lectern.observability.spi;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The only place that starts threads. A task takes over the {@link LogContext} of the thread that submits it, unless it is a {@link BackgroundTask}. A test
 * fails when other code starts a thread or an executor.
 */
public final class TaskThreads {
    private TaskThreads() {}

    /**
     * An executor with one virtual thread per task. Limits are set where the tasks are submitted. Its {@code close()} waits for all tasks.
     *
     * @param prefix of the names of its threads, such as {@code task-}
     */
    public static ExecutorService newVirtualThreadExecutor(String prefix) {
        return new ContextExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(prefix, 0).factory()));
    }

    /**
     * A factory of daemon platform threads for a pool. The threads of a pool serve many tasks, so the pool wraps each task with
     * {@link LogContext#wrap} when it is submitted.
     */
    public static ThreadFactory newPoolThreadFactory(String prefix) {
        ThreadFactory threads = Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name(prefix, 0)
                .factory();
        return task -> threads.newThread(new BackgroundTask(task));
    }

    /** Starts a daemon platform thread for one task. */
    public static void startPlatformThread(String name, Runnable task) {
        startPlatformThread(name, 0, task);
    }

    /**
     * Starts a daemon platform thread for one task.
     *
     * @param stackSize in bytes; 0 for the default
     */
    public static void startPlatformThread(String name, long stackSize, Runnable task) {
        Thread.ofPlatform()
                .daemon()
                .name(name)
                .stackSize(stackSize)
                .start(LogContext.current().wrap(task));
    }

    /** Starts a virtual thread for one task. */
    public static void startVirtualThread(String name, Runnable task) {
        Thread.ofVirtual().name(name).start(LogContext.current().wrap(task));
    }
}
