package dev.lectern.library.update;

import dev.lectern.library.Block;
import dev.lectern.library.DocumentText;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.TextLine;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.shared.DocumentId;
import dev.lectern.text.VisibleText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that was parsed, split into passages and embedded, ready for a commit.
 *
 * @param uri address of the first location when it was read; the document is read again if it has another one at the commit
 * @param hash of the bytes that it was parsed from; the commit leaves it out if the document has newer bytes
 * @param blocks of the text
 * @param lines where lines of the text are on their pages
 * @param notices what the reader left out
 * @param passages in the order of the text, each with a stored embedding
 * @param metadata what the document says about itself, by keys in lower case
 */
public record PreparedDocument(
        DocumentId id,
        String uri,
        String hash,
        String title,
        TitleSource titleSource,
        @Nullable String mediaType,
        String text,
        List<DocumentText.Heading> headings,
        List<DocumentText.PageStart> pages,
        List<Block> blocks,
        List<TextLine> lines,
        List<ReadingNotice> notices,
        List<PreparedPassage> passages,
        Map<String, List<String>> metadata) {
    public PreparedDocument {
        title = VisibleText.toName(title);
        headings = List.copyOf(headings);
        pages = List.copyOf(pages);
        blocks = List.copyOf(blocks);
        lines = List.copyOf(lines);
        notices = List.copyOf(notices);
        passages = List.copyOf(passages);
        metadata = Map.copyOf(metadata);
    }

    /**
     * A passage before it has an id.
     *
     * @param language ISO 639-1, or {@code und}
     * @param tableHeader what its rows need of their table, as {@link dev.lectern.text.TableContext#toStored}; null for a passage without rows
     * @param embedding the key of its embedding in {@link EmbeddingRepository}
     */
    public record PreparedPassage(
            String language,
            List<String> headings,
            @Nullable String tableHeader,
            @Nullable Integer page,
            int start,
            int end,
            String embedding) {
        public PreparedPassage {
            headings = List.copyOf(headings);
        }
    }
}
