package dev.lectern.library;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Restricts a search to the documents that meet all conditions. {@link SearchFilterRequest} reads one from the body of a request.
 *
 * @param all 0 to {@value #MAX_CONDITIONS}; without any, every document is searched
 */
public record SearchFilter(List<Condition> all) {
    /** Maximum number of conditions. */
    public static final int MAX_CONDITIONS = 10;

    /** Maximum number of values of one condition. */
    public static final int MAX_VALUES = 50;

    /** The filter without a condition. */
    public static final SearchFilter NONE = new SearchFilter(List.of());

    /** Prefix of the fields that documents bring along. */
    public static final String METADATA = "metadata.";

    public SearchFilter {
        all = List.copyOf(all);
    }

    /** Whether every document is searched. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Identifies what the filter lets through, for keys of caches: equal filters have equal ones, others different ones. */
    public String cacheKey() {
        StringBuilder key = new StringBuilder();
        for (Condition condition : all) {
            // No part contains a line break, since names and folded values are on one line.
            key.append(condition.field()).append('\n');
            switch (condition) {
                case AnyOf anyOf -> {
                    anyOf.folded().forEach(value -> key.append('=').append(value).append('\n'));
                    key.append(anyOf.days()).append(anyOf.amounts());
                }
                case Range range -> key.append(range.unit()).append(' ').append(range.from()).append(' ').append(range.to());
            }
            key.append('\n');
        }
        return key.toString();
    }

    /** What is compared. */
    public enum Unit {
        /** Days since 1970. */
        DAY,
        /** Milliseconds since 1970. */
        INSTANT,
        /** Numbers as {@link FieldValue#toAmount} orders them. */
        AMOUNT
    }

    /** A condition on one field, whose name the API gives it, such as {@code tags} or {@code metadata.author}. */
    public sealed interface Condition {
        String field();
    }

    /**
     * One of the values of the field is one of some values.
     *
     * @param folded as {@link FieldValue#fold} makes them
     * @param days those of the values that are dates; the time of a document's value does not matter
     * @param amounts those of the values that are numbers
     */
    public record AnyOf(String field, Set<String> folded, Set<Long> days, Set<Long> amounts) implements Condition {
        public AnyOf {
            // Sorted, so that the order in a request does not make another key of caches.
            folded = Collections.unmodifiableSet(new TreeSet<>(folded));
            days = Collections.unmodifiableSet(new TreeSet<>(days));
            amounts = Collections.unmodifiableSet(new TreeSet<>(amounts));
        }
    }

    /**
     * One of the values of the field lies between two.
     *
     * @param from inclusive; {@link Long#MIN_VALUE} for no bound
     * @param to inclusive; {@link Long#MAX_VALUE} for no bound
     */
    public record Range(String field, Unit unit, long from, long to) implements Condition {}
}
