package dev.lectern.cli.commands;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.LecternException;

/** Exit codes of the commands. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /** The command line or the configuration is invalid. */
    static final int USAGE = 2;
    /** The command succeeded, but nothing was found or the documents contain no answer. */
    static final int NOTHING_FOUND = 3;

    /** The command was stopped, as by Ctrl-C. After a signal the process itself ends with 130 or 143. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException) {
                return USAGE;
            }
            if (cause instanceof LecternException ours && ours.code() == ErrorCode.INVALID_REQUEST) {
                return USAGE;
            }
        }
        return FAILED;
    }
}
