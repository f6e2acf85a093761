package dev.lectern.ingestion.sources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one file of a folder.
 *
 * @param rules in the order of their lines
 * @param problems a sentence for each line that cannot match, and one for an encoding that had to be guessed or a file that could not be read
 */
record RuleFile(List<IgnoreRule> rules, List<String> problems) {
    static final RuleFile EMPTY = new RuleFile(List.of(), List.of());

    /**
     * The last rule that matches: it decides.
     *
     * @param path from the folder of this file, as {@link IgnoreRule#bytesOfPath}
     */
    @Nullable IgnoreRule findMatch(String path, boolean folder) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).matches(path, folder)) {
                return rules.get(i);
            }
        }
        return null;
    }
}
