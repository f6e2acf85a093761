package dev.lectern.library.update;

import dev.lectern.library.PipelineVersion;
import java.util.List;

/** The SQL condition for documents whose last attempt had the present bytes and pipeline version. */
final class UpToDateCondition {
    static final String SQL = "attempted_hash = hash AND pipeline = ? AND embedder = ?";

    private UpToDateCondition() {}

    /** @param alias of the table document */
    static String sql(String alias) {
        return alias + ".attempted_hash = " + alias + ".hash AND " + alias + ".pipeline = ? AND " + alias
                + ".embedder = ?";
    }

    static List<String> parameters(PipelineVersion version) {
        return List.of(version.pipeline(), version.embedder().id());
    }
}
