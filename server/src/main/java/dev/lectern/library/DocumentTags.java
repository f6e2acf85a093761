package dev.lectern.library;

import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.text.VisibleText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tags that people give documents and sources. A document has its own tags and those of every source that it has a location in. Every change raises the
 * generation of the collection. Thread-safe.
 */
public interface DocumentTags {
    /** Maximum number of tags of a document or source. */
    int MAX_TAGS = 50;

    /** Maximum length of a tag in characters. */
    int MAX_LENGTH = 100;

    /**
     * Replaces a document's own tags. Tags that it has from a source are not stored as its own, and stay.
     *
     * @param tags as {@link #normalize} returns them
     * @throws LecternException NOT_FOUND when it does not exist or the caller may not read it; FORBIDDEN when the caller may only read it
     */
    void set(Caller caller, DocumentId document, List<String> tags);

    /** Replaces the tags of a source of the collection. */
    void set(WritableCollection collection, SourceId source, List<String> tags);

    /** The tags of a source of the collection, in the order of the alphabet. */
    List<String> find(WritableCollection collection, SourceId source);

    /**
     * Tags as they are stored: on one line, without invisible characters; of two that differ in case only, the first.
     *
     * @throws LecternException INVALID_REQUEST when there are more than {@value #MAX_TAGS}, or one is empty or longer than {@value #MAX_LENGTH} characters
     */
    static List<String> normalize(@Nullable List<@Nullable String> tags) {
        if (tags == null) {
            throw LecternException.invalid("tags", "The tags are missing. Send `tags`, an empty list for no tags.");
        }
        if (tags.size() > MAX_TAGS) {
            throw LecternException.invalid(
                    "tags", "There are %d tags. Send at most %d.".formatted(tags.size(), MAX_TAGS));
        }
        Map<String, String> normalized = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            String tag = VisibleText.toName(tags.get(i) == null ? "" : tags.get(i));
            int length = tag.codePointCount(0, tag.length());
            if (length < 1 || length > MAX_LENGTH) {
                throw LecternException.invalid(
                        "tags[" + i + "]",
                        "The tag has %d visible characters. Send 1 to %d.".formatted(length, MAX_LENGTH));
            }
            normalized.putIfAbsent(FieldValue.fold(tag), tag);
        }
        return List.copyOf(normalized.values());
    }
}
