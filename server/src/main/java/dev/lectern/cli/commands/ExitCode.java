package dev.lectern.cli.commands;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;

/** What a command tells the shell. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /** The command line or the configuration is wrong. */
    static final int USAGE = 2;
    /** It worked, but the documents have no answer or nothing was found. */
    static final int NOTHING_FOUND = 3;

    private ExitCode() {}

    static int of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LecternException ours && ours.code() == ErrorCode.INVALID_REQUEST) {
                return USAGE;
            }
        }
        return FAILED;
    }
}
