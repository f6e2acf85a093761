package dev.lectern.library;

import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes something of a collection only if it is as the client has seen it. Of changes at the same time with the same condition one is made. Thread-safe. */
public interface ConditionalChanges {
    /**
     * Makes a change if the condition holds, both in one transaction that locks the collection.
     *
     * @param caller needs WRITE on the collection; the change may need more
     * @param ifMatch the condition as {@link dev.lectern.http.EntityTag#requireMatch} takes it; null for none, then no transaction is begun
     * @param entityTag reads the present tag
     * @throws LecternException NOT_FOUND or FORBIDDEN if the caller may not write; PRECONDITION_FAILED if the tag is another one; INVALID_REQUEST if the condition is malformed; what the change throws
     */
    void change(
            Caller caller,
            CollectionId collection,
            @Nullable String ifMatch,
            Supplier<String> entityTag,
            Runnable change);
}
