package dev.lectern.observability.spi;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;

/** A call that was rejected without being sent, because the circuit of its service is open. */
public final class CircuitOpenException extends LecternException {

    /** @param retryAfter until the next trial call */
    public CircuitOpenException(ErrorCode code, String message, Duration retryAfter) {
        super(code, message, List.of(), retryAfter, null);
    }
}
