package dev.lectern.ingestion.sources;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Something of a source that was not taken in, or not as it is, found by a scan.
 *
 * @param path within the source, as of {@link SourceConnector.Item#path}
 * @param reason a sentence for operators that says what to do
 */
public record SourceFinding(String path, Kind kind, String reason) {

    /** Why it was not taken in. */
    public enum Kind {
        /** A file that exists and cannot be read. */
        UNREADABLE_FILE,
        /** A folder that exists and cannot be listed: nothing is known of what is below it. */
        UNREADABLE_FOLDER,
        /** A link within the source whose target is not there. */
        DANGLING_LINK,
        /** A link to a folder, or to a place outside the source; it is not followed. */
        LINK,
        /** Left out by a rule of {@code .lecternignore}, {@code .gitignore} or the settings; of a folder, with all below it. */
        RULE,
        /** A wrong line, or an encoding that had to be guessed, in a file of rules. */
        RULE_FILE,
        /** A folder of Lectern's own data. */
        OWN_DATA,
        /** Neither a file nor a folder: a device, a pipe, a socket. */
        SPECIAL_FILE,
        /** A file above {@code LECTERN_INGESTION_MAX_FILE}. */
        TOO_LARGE,
        /** A file that is written to all the time: it is read once in a while only. */
        BUSY,
        /** A file or folder that did not answer within its deadline. */
        NOT_RESPONDING;

        /** As in the database and the API, such as {@code own_data}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @param text as of {@link #text} */
        public static Optional<Kind> find(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst();
        }

        /** Whether it is not known what is there, so that nothing at this path or below may count as missing. */
        boolean isUnknown() {
            return this == UNREADABLE_FILE
                    || this == UNREADABLE_FOLDER
                    || this == DANGLING_LINK
                    || this == NOT_RESPONDING;
        }

        /** Whether a document stands for it in the lists, failed with the reason. */
        boolean isFailedDocument() {
            return this == UNREADABLE_FILE || this == DANGLING_LINK || this == TOO_LARGE;
        }
    }
}
