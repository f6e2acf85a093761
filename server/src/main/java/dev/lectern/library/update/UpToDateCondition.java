package dev.lectern.library.update;

import dev.lectern.library.PipelineVersion;
import java.util.List;

/**
 * The SQL condition for documents whose present bytes a pipeline version need not read: it has done so last, or earlier (another node with other settings has
 * read them since, and would have to do it again in turn), or its reading was cancelled.
 */
final class UpToDateCondition {
    static final String SQL = sql("document");

    /** Of a list that got too long, the oldest versions are forgotten. */
    private static final int MAX_LENGTH = 1_000;

    /** The column with the version of the last attempt added, if that had the present bytes. */
    static final String WITH_LAST = with("pipeline", "pipeline");

    /** The column with another version added, if the last attempt had the present bytes. The parameter comes twice. */
    static final String WITH_GIVEN = with("CAST(? AS TEXT)", "CAST(? AS TEXT)");

    private UpToDateCondition() {}

    private static String with(String first, String second) {
        return "CASE WHEN attempted_hash IS NULL OR attempted_hash <> hash THEN NULL WHEN LENGTH(settled_pipelines) > "
                + MAX_LENGTH + " THEN ' ' || " + first + " || ' ' ELSE COALESCE(settled_pipelines, ' ') || " + second
                + " || ' ' END";
    }

    /** @param alias of the table document */
    static String sql(String alias) {
        return alias + ".attempted_hash = " + alias + ".hash AND " + alias + ".embedder = ? AND (" + alias
                + ".pipeline = ? OR COALESCE(" + alias + ".settled_pipelines, '') LIKE ?)";
    }

    static List<String> parameters(PipelineVersion version) {
        return List.of(version.embedder().id(), version.pipeline(), pattern(version));
    }

    /** For LIKE on the column. */
    static String pattern(PipelineVersion version) {
        return "% " + version.pipeline() + " %";
    }
}
