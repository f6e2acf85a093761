package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long conversations are kept after their last question.
 *
 * @param installation for collections without a number of days; zero for ever
 * @param existing all collections
 * @param days of the collections that have a number of their own
 */
record RetentionPeriods(Duration installation, Set<CollectionId> existing, Map<CollectionId, Integer> days) {
    RetentionPeriods {
        existing = Set.copyOf(existing);
        days = Map.copyOf(days);
    }

    /** The shortest period of all; empty when every conversation is kept for ever. */
    Optional<Duration> shortest() {
        return shortest(Stream.concat(
                Stream.of(installation), days.values().stream().map(Duration::ofDays)));
    }

    /**
     * The period of a conversation: the shortest of the collections that it asks. Deleted collections do not count; if none is left, it is that of the
     * installation.
     *
     * @return empty for ever
     */
    Optional<Duration> shortestOf(Collection<CollectionId> asked) {
        if (asked.stream().noneMatch(existing::contains)) {
            return shortest(Stream.of(installation));
        }
        return shortest(asked.stream().filter(existing::contains).map(this::periodOf));
    }

    private Duration periodOf(CollectionId collection) {
        Integer own = days.get(collection);
        return own == null ? installation : Duration.ofDays(own);
    }

    private static Optional<Duration> shortest(Stream<Duration> periods) {
        return periods.filter(Duration::isPositive).min(Duration::compareTo);
    }
}
