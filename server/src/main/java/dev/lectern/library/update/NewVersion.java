package dev.lectern.library.update;

import dev.lectern.shared.CollectionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a document that is being committed.
 *
 * @param formerHash of the bytes of the present version; null for the first version
 * @param outboxEntry deletes this version from the index unless the commit removes the entry
 */
record NewVersion(
        PreparedDocument document,
        CollectionId collection,
        int version,
        @Nullable String formerHash,
        String outboxEntry) {

    NewVersion withOutboxEntry(String entry) {
        return new NewVersion(document, collection, version, formerHash, entry);
    }

    List<NewPassage> passages() {
        List<NewPassage> passages = new ArrayList<>(document.passages().size());
        for (int ordinal = 0; ordinal < document.passages().size(); ordinal++) {
            passages.add(new NewPassage(this, ordinal, document.passages().get(ordinal)));
        }
        return passages;
    }
}
