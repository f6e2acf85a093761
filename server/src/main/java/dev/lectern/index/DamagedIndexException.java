package dev.lectern.index;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;

/** The files of an index are damaged or outdated. The index must be discarded and rebuilt from the library. */
public class DamagedIndexException extends LecternException {
    private static final long serialVersionUID = 1;

    public DamagedIndexException(String message, @Nullable Exception cause) {
        super(ErrorCode.INDEX_UNAVAILABLE, message, cause);
    }
}
