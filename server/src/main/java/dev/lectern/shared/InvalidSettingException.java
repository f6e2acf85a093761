package dev.lectern.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A setting with an invalid value. The message names the variable, its value and what to write instead; clients only learn that a setting is wrong. */
public final class InvalidSettingException extends LecternException {
    private static final long serialVersionUID = 1;

    /** @param message one line with the variable, what is wrong with it and what to write instead; without secrets */
    public InvalidSettingException(String message) {
        this(message, null);
    }

    public InvalidSettingException(String message, @Nullable Throwable cause) {
        super(
                ErrorCode.INTERNAL,
                message,
                "A setting of this server is invalid. Ask the operator of this server.",
                List.of(),
                null,
                cause);
    }
}
