package dev.lectern.cli.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Says at the start of the server which folders it keeps up with beside those of the command line, and what waits for a decision. */
final class FollowedFolders {
    private FollowedFolders() {}

    /**
     * The lines to print.
     *
     * @param sources of all collections, as the API shows them
     * @param named ids of the sources that the command line names
     */
    static List<String> describe(List<JsonNode> sources, Set<String> named) {
        List<String> lines = new ArrayList<>();
        List<JsonNode> others = sources.stream()
                .filter(one -> !named.contains(one.path("id").asString("")))
                .toList();
        if (!others.isEmpty()) {
            lines.add(named.isEmpty() ? "It keeps up with:" : "It also keeps up with folders that were added before:");
            others.forEach(one -> lines.add("  " + SourceTexts.path(one) + " (" + SourceTexts.documents(one)
                    + "). To end that: lectern sources remove " + one.path("id").asString("")));
        }
        for (JsonNode one : sources) {
            String reason = one.path("reason").asString("");
            if (SourceTexts.needsConfirmation(one)) {
                lines.add("Waiting for a confirmation: " + SourceTexts.path(one) + ". " + reason);
                String action = SourceTexts.confirmation(one.path("id").asString(""), reason);
                if (!action.isEmpty()) {
                    lines.add("  " + action);
                }
            } else if (!reason.isEmpty()) {
                lines.add("Not up to date: " + SourceTexts.path(one) + ". " + reason);
            }
        }
        return lines;
    }
}
