package dev.lectern.ingestion.sources;

import dev.lectern.library.update.RecordedLocation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;

/**
 * Says which files of a source are missing, and what to do.
 *
 * @param source as a sentence calls it, such as "The folder docs"
 * @param grace how long missing files are kept
 */
record MissingFilesReport(String source, Source of, Duration grace) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Some files are missing.
     *
     * @param held the missing locations, 1 or more
     * @param known how many files were known, the missing ones included
     * @param now epoch milliseconds, since when files are missing that were not missing before
     */
    String describeMissing(Collection<RecordedLocation> held, int known, long now) {
        long since = findSince(held, now);
        boolean one = held.size() == 1;
        return held.size() + " of " + known + " files of "
                + source.substring(0, 1).toLowerCase(Locale.ROOT)
                + source.substring(1) + (one ? " is" : " are") + " missing since "
                + TIME.format(Instant.ofEpochMilli(since))
                + "; " + (one ? "it stays" : "they stay") + " searchable. If " + (one ? "it was" : "they were")
                + " deleted on purpose, " + confirm() + " Otherwise " + (one ? "it is" : "they are") + " deleted on "
                + TIME.format(Instant.ofEpochMilli(since).plus(grace)) + ".";
    }

    /** The source is there, and nothing that can be read is in it. */
    String describeEmpty(int known) {
        return source + " is empty, but " + (known == 1 ? "1 file was" : known + " files were")
                + " found there before. Nothing was deleted; they stay searchable. If they were deleted on purpose, "
                + confirm();
    }

    /**
     * The source cannot be read.
     *
     * @param advice a sentence that says what to do
     * @param known how many files were known
     * @param missing whether the source is not there
     */
    String describeUnavailable(String advice, int known, boolean missing) {
        String sentence = source + " cannot be read. " + advice;
        if (known == 0) {
            return sentence;
        }
        return sentence + " Nothing was deleted." + (missing ? " If it was removed on purpose, " + confirm() : "");
    }

    private String confirm() {
        return "confirm the deletion: `lectern sources confirm " + of.id() + "`, or on the page.";
    }

    private static long findSince(Collection<RecordedLocation> held, long now) {
        return held.stream()
                .mapToLong(location -> location.missingSince() == 0 ? now : location.missingSince())
                .min()
                .orElse(now);
    }
}
