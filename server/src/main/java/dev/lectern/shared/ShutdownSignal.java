package dev.lectern.shared;

/**
 * Whether this process was told to stop, as by Ctrl-C. What fails from then on, since beans, threads and native libraries are closed under it, is not reported
 * as a fault: nobody has to mend it.
 */
public final class ShutdownSignal {
    private static volatile boolean received;

    private ShutdownSignal() {}

    /** Listens for the end of the process. Called once, before anything else. */
    public static void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> received = true, "shutdown-signal"));
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!isCauseOf(failure)) {
                System.err.println("Exception in thread \"" + thread.getName() + "\"");
                failure.printStackTrace(System.err);
            }
        });
    }

    public static boolean isReceived() {
        return received;
    }

    /** Whether a failure is the consequence of a stop: of the process, or of the server in it. */
    public static boolean isCauseOf(Throwable failure) {
        if (received) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LecternException ours && ours.code() == ErrorCode.SHUTTING_DOWN) {
                return true;
            }
        }
        return false;
    }
}
