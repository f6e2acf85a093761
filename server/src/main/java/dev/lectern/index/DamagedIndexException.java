package dev.lectern.index;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;

/** An index whose files are of no use any more; what was in it comes back from the library. */
public class DamagedIndexException extends LecternException {
    private static final long serialVersionUID = 1;

    public DamagedIndexException(String message, @Nullable Exception cause) {
        super(ErrorCode.INDEX_UNAVAILABLE, message, cause);
    }
}
