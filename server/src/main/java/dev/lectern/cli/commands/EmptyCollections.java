package dev.lectern.cli.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Explains an empty result by collections without documents, and says where the documents are. */
final class EmptyCollections {
    private EmptyCollections() {}

    private record Content(String id, String name, long documents) {
        String title() {
            return "'" + (name.isBlank() ? id : name) + "'";
        }
    }

    /**
     * Describes why nothing could be found.
     *
     * @param collections the response to {@code GET /collections}
     * @param searched ids of the collections that were asked for; empty for all
     * @return empty when a searched collection has documents
     */
    static String describe(JsonNode collections, List<String> searched) {
        List<Content> all = new ArrayList<>();
        collections
                .path("items")
                .forEach(item -> all.add(new Content(
                        item.path("id").asString(""),
                        item.path("name").asString(""),
                        item.path("documents").asLong(0))));
        List<Content> filled = all.stream().filter(one -> one.documents() > 0).toList();
        if (filled.isEmpty()) {
            return "The library is empty. Add documents with lectern ingest PATH, or on the page.";
        }
        if (searched.isEmpty() || filled.stream().anyMatch(one -> searched.contains(one.id()))) {
            return "";
        }
        String empty = all.stream()
                .filter(one -> searched.contains(one.id()))
                .map(Content::title)
                .collect(Collectors.joining(", "));
        return (searched.size() == 1
                        ? "The collection " + empty + " is empty; "
                        : "The collections " + empty + " are empty; ")
                + place(filled) + ". Add "
                + filled.stream().map(one -> "--collection " + one.id()).collect(Collectors.joining(" or ")) + ".";
    }

    /** Where the documents are, such as {@code 131 documents are in 'handbook'}. */
    static String describe(JsonNode collections) {
        List<Content> filled = new ArrayList<>();
        collections.path("items").forEach(item -> {
            if (item.path("documents").asLong(0) > 0) {
                filled.add(new Content(
                        item.path("id").asString(""),
                        item.path("name").asString(""),
                        item.path("documents").asLong(0)));
            }
        });
        return place(filled);
    }

    private static String place(List<Content> filled) {
        return filled.stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        one.documents() == 1 ? "%,d document is in %s" : "%,d documents are in %s",
                        one.documents(),
                        one.title()))
                .collect(Collectors.joining(", "));
    }
}
