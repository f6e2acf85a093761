package dev.lectern.library;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the library shows.
 *
 * @param unreadableReplacement What becomes of a document whose newest bytes cannot be read, while an earlier version can: show or hide. With show, the earlier
 *     version is found and cited with a warning. With hide, it is neither found nor cited until a newer version was read; the list of documents says why.
 */
@ConfigurationProperties("lectern.library")
public record LibraryProperties(@DefaultValue("show") UnreadableReplacement unreadableReplacement) {

    /** What becomes of the earlier version of a document whose newest bytes cannot be read. */
    public enum UnreadableReplacement {
        SHOW,
        HIDE
    }

    /** Whether such a version is neither found nor cited. */
    public boolean hidesUnreadable() {
        return unreadableReplacement == UnreadableReplacement.HIDE;
    }
}
