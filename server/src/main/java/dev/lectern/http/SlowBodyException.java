package dev.lectern.http;

import java.io.IOException;

/** The body of a request came too slowly. It is thrown while the body is read, and becomes a problem with the status 408. */
public final class SlowBodyException extends IOException {
    public SlowBodyException() {
        super("The request body came too slowly");
    }
}
