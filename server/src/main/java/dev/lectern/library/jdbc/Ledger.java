package dev.lectern.library.jdbc;

import dev.lectern.library.Recipe;
import java.util.List;

/** The condition under which a document needs no work. */
final class Ledger {
    static final String SETTLED = "attempted_hash = hash AND pipeline = ? AND embedder = ?";

    private Ledger() {}

    /** @param alias of the document's row */
    static String settled(String alias) {
        return alias + ".attempted_hash = " + alias + ".hash AND " + alias + ".pipeline = ? AND " + alias
                + ".embedder = ?";
    }

    static List<String> parameters(Recipe recipe) {
        return List.of(recipe.pipeline(), recipe.embedder().id());
    }
}
