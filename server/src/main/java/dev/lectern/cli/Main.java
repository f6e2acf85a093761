package dev.lectern.cli;

import dev.lectern.cli.commands.CommandRunner;
import dev.lectern.shared.ShutdownSignal;

/** The entry point of the program. */
public final class Main {
    private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

    /**
     * Number of carrier threads. SQLite waits for its lock in native code, which pins a virtual thread to its carrier. With fewer carriers than
     * connections the thread that holds the lock might never run.
     */
    private static final int CARRIERS = 8 + Math.max(2, Runtime.getRuntime().availableProcessors());

    private Main() {}

    public static void main(String[] arguments) {
        ShutdownSignal.listen();
        if (System.getProperty(PARALLELISM) == null) {
            System.setProperty(PARALLELISM, Integer.toString(CARRIERS));
        }
        System.exit(CommandRunner.run(RawArguments.restore(arguments)));
    }
}
