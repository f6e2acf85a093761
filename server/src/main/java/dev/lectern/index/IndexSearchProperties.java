package dev.lectern.index;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the index is searched.
 *
 * @param exactPassages Maximum number of passages in the searched collections and documents up to which a search compares every embedding, 0 to 1,000,000. Above
 *     it, the candidates are found by smaller, rounded embeddings, and in Qdrant by a graph of neighbours, which can miss passages about a rare topic.
 */
@ConfigurationProperties("lectern.index")
public record IndexSearchProperties(@DefaultValue("30000") int exactPassages) {
    /** For commands that open an index without the settings of a server. */
    public static final IndexSearchProperties DEFAULT = new IndexSearchProperties(30_000);

    private static final int MAX = 1_000_000;

    public IndexSearchProperties {
        if (exactPassages < 0 || exactPassages > MAX) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_INDEX_EXACT_PASSAGES is " + exactPassages + ". Set it to 0 to 1000000.");
        }
    }
}
