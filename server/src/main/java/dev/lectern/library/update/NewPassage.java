package dev.lectern.library.update;

import dev.lectern.index.IndexedPassage;
import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.library.update.PreparedDocument.PreparedPassage;
import dev.lectern.shared.PassageId;
import dev.lectern.text.TableContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A passage of a version that is being committed.
 *
 * @param ordinal its position in the document, from 0
 */
record NewPassage(NewVersion version, int ordinal, PreparedPassage passage) {

    private String id() {
        return version.document().id() + "." + version.version() + "." + ordinal;
    }

    private String text() {
        return version.document().text().substring(passage.start(), passage.end());
    }

    /**
     * @param embeddings by their keys
     * @throws MissingEmbeddingException when this passage has none
     */
    IndexedPassage toIndexed(Map<String, float[]> embeddings) {
        float[] embedding = embeddings.get(passage.embedding());
        if (embedding == null) {
            throw new MissingEmbeddingException();
        }
        return new IndexedPassage(
                new PassageId(id()),
                version.collection(),
                version.document().id(),
                version.version(),
                passage.language(),
                version.document().title(),
                TableContext.linesAbove(passage.headings(), passage.tableHeader(), text()),
                text(),
                embedding);
    }

    /** The values of the columns of the table passage, in the order of the insert. */
    @Nullable Object[] toRow() {
        return new @Nullable Object[] {
            id(),
            version.document().id().value(),
            version.version(),
            ordinal,
            passage.language(),
            LineCodec.encodeTexts(passage.headings()),
            passage.tableHeader(),
            passage.page(),
            passage.start(),
            passage.end(),
            text(),
            passage.embedding()
        };
    }
}
