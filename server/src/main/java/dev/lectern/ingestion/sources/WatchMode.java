package dev.lectern.ingestion.sources;

import java.util.Locale;

/** How changes of a source are noticed between two regular scans. */
public enum WatchMode {
    /** The source reports its changes. */
    EVENTS,
    /** The source is scanned at a short interval, since it does not report all of its changes. */
    POLLING,
    /** They are not noticed: no node watches the source, or it is not there. */
    NONE;

    /** The name in the API and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WatchMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
