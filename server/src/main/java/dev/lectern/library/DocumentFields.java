package dev.lectern.library;

import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that documents can be filtered by: tags, metadata and what is known of every document. Thread-safe. */
public interface DocumentFields {

    /**
     * The documents of the collections that meet all conditions of the filter, as the database has them at the time of the call.
     *
     * @param filter with at least one condition
     */
    Set<DocumentId> find(SearchFilter filter, ReadableCollections readable);

    /**
     * The fields that documents of a collection have, those of most documents first: at most 50, each with its 20 most frequent values.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND when the caller may not read the collection
     */
    List<Field> list(Caller caller, CollectionId collection);

    /**
     * How many documents of a collection meet all conditions of the filter.
     *
     * @param filter with at least one condition
     * @throws dev.lectern.shared.LecternException NOT_FOUND when the caller may not read the collection
     */
    long count(Caller caller, CollectionId collection, SearchFilter filter);

    /** What the values of a field are. */
    enum Kind {
        TEXT,
        DATE,
        NUMBER
    }

    /**
     * A field of a collection.
     *
     * @param name for a filter, such as {@code tags} or {@code metadata.author}
     * @param documents number of documents that have it
     * @param distinct number of different values
     * @param values the most frequent ones first; empty for dates that are nearly all different
     * @param from the smallest value of a date or number; null for texts
     * @param to the largest value of a date or number; null for texts
     */
    record Field(
            String name,
            Kind kind,
            long documents,
            long distinct,
            List<Value> values,
            @Nullable String from,
            @Nullable String to) {
        public Field {
            values = List.copyOf(values);
        }
    }

    /**
     * A value with the number of documents that have it.
     *
     * @param value as a document has it, such as {@code policy}
     */
    record Value(String value, long documents) {}
}
