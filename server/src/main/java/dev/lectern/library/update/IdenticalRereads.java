package dev.lectern.library.update;

import dev.lectern.library.DocumentStatus;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.jdbc.BlockCodec;
import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.library.update.PreparedDocument.PreparedPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Documents that another version of the pipeline has read again with the same text, passages and metadata. They keep their version, so that nothing is written
 * to the index, the generation of the collection does not rise, and nobody is told of a change that there is not.
 */
@Component
class IdenticalRereads {
    private final JdbcClient jdbc;

    IdenticalRereads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the present version of a document, which was to be read again, is all that a search and an answer see of the new one. */
    boolean isIdentical(PreparedDocument document, PipelineVersion pipeline) {
        boolean sameBytes = jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ? AND hash = ? AND present_hash = hash"
                                + " AND attempted_hash = hash AND stale_since IS NULL AND reason_code IS NULL"
                                + " AND uri = ? AND title = ? AND embedder = ? AND pipeline <> ?")
                        .params(
                                document.id().value(),
                                document.hash(),
                                document.uri(),
                                document.title(),
                                pipeline.embedder().id(),
                                pipeline.pipeline())
                        .query(Long.class)
                        .single()
                == 1;
        return sameBytes
                && hasText(document)
                && passages(document).equals(document.passages())
                && metadata(document).equals(new TreeMap<>(MetadataWriter.normalize(document.metadata())));
    }

    private boolean hasText(PreparedDocument document) {
        return jdbc.sql("SELECT COUNT(*) FROM document_text WHERE document = ? AND body = ?")
                        .params(document.id().value(), document.text())
                        .query(Long.class)
                        .single()
                == 1;
    }

    private List<PreparedPassage> passages(PreparedDocument document) {
        return jdbc.sql("SELECT language, headings, table_header, page, start_at, end_at, embedding FROM passage"
                        + " WHERE document = ? ORDER BY ordinal")
                .param(document.id().value())
                .query((row, number) -> {
                    int page = row.getInt("page");
                    return new PreparedPassage(
                            row.getString("language"),
                            LineCodec.decodeTexts(row.getString("headings")),
                            row.getString("table_header"),
                            row.wasNull() ? null : page,
                            row.getInt("start_at"),
                            row.getInt("end_at"),
                            Objects.requireNonNull(row.getString("embedding")));
                })
                .list();
    }

    private Map<String, List<String>> metadata(PreparedDocument document) {
        Map<String, List<String>> stored = new TreeMap<>();
        jdbc.sql("SELECT key, value FROM document_metadata WHERE document = ? ORDER BY key, ordinal")
                .param(document.id().value())
                .query(row -> {
                    stored.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                            .add(row.getString(2));
                });
        return stored;
    }

    /**
     * Records what only those see who ask for it: blocks, lines and notices. Documents with newer bytes are left out.
     *
     * @param documents for which {@link #isIdentical} was true
     */
    void update(List<PreparedDocument> documents, PipelineVersion pipeline) {
        for (PreparedDocument document : documents) {
            boolean updated = jdbc.sql("UPDATE document SET status = ?, media_type = ?, title_source = ?, notices = ?,"
                                    + " settled_pipelines = " + UpToDateCondition.WITH_LAST + ", pipeline = ?"
                                    + " WHERE id = ? AND hash = ? AND attempted_hash = hash")
                            .param(DocumentStatus.DONE.text())
                            .param(document.mediaType())
                            .param(document.titleSource().text())
                            .param(BlockCodec.encodeNotices(document.notices()))
                            .param(pipeline.pipeline())
                            .param(document.id().value())
                            .param(document.hash())
                            .update()
                    == 1;
            if (updated) {
                jdbc.sql("UPDATE document_text SET headings = ?, pages = ?, blocks = ?, lines = ? WHERE document = ?")
                        .param(LineCodec.encodeHeadings(document.headings()))
                        .param(LineCodec.encodePages(document.pages()))
                        .param(BlockCodec.encodeBlocks(document.blocks()))
                        .param(BlockCodec.encodeLines(document.lines()))
                        .param(document.id().value())
                        .update();
            }
        }
    }
}
