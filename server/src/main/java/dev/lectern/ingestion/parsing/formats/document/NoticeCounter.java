package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.library.ReadingNotice;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts by kind what a reader leaves out, and what a person should know. */
final class NoticeCounter {
    private final Map<ReadingNotice.Kind, ReadingNotice> notices = new EnumMap<>(ReadingNotice.Kind.class);

    /**
     * Adds to the count of the kind; a count of 0 says nothing.
     *
     * @param total how many there are in the file; null where that says nothing
     * @param name of the thing, null if it has none
     */
    void add(ReadingNotice.Kind kind, int count, @Nullable Integer total, @Nullable String name) {
        if (count > 0) {
            notices.merge(
                    kind,
                    new ReadingNotice(kind, count, total, cutDetail(name)),
                    (one, other) -> new ReadingNotice(
                            kind,
                            one.count() + other.count(),
                            other.total() == null ? one.total() : other.total(),
                            joinDetails(one.detail(), other.detail())));
        }
    }

    private static @Nullable String joinDetails(@Nullable String one, @Nullable String other) {
        return one == null ? other : cutDetail(other == null ? one : one + ", " + other);
    }

    private static @Nullable String cutDetail(@Nullable String detail) {
        return detail == null || detail.length() <= ReadingNotice.MAX_DETAIL
                ? detail
                : detail.substring(0, ReadingNotice.MAX_DETAIL - 1) + "…";
    }

    /** One for each kind that was counted, in the order of the kinds. */
    List<ReadingNotice> notices() {
        return List.copyOf(notices.values());
    }
}
