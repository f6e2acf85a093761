package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints a list of the API from its first page to its last. */
final class SourceItemsPrinter {
    private static final int PAGE = 200;

    private final ApiClient apiClient;

    SourceItemsPrinter(ApiClient apiClient) {
        this.apiClient = apiClient;
    }

    /**
     * Prints all items.
     *
     * @param list path of the list, with its parameters but without cursor and limit
     * @param json whether they are printed as one JSON object
     * @param line prints one item for people
     * @return how many there are
     */
    int print(String list, boolean json, Consumer<JsonNode> line) {
        ObjectNode all = JsonMapper.shared().createObjectNode();
        ArrayNode items = all.putArray("items");
        int count = 0;
        String cursor = "";
        do {
            String address = list + (list.contains("?") ? "&" : "?") + "limit=" + PAGE;
            JsonNode page =
                    apiClient.get(cursor.isEmpty() ? address : address + "&cursor=" + SourceFinder.encode(cursor));
            for (JsonNode item : page.path("items")) {
                count++;
                if (json) {
                    items.add(item);
                } else {
                    line.accept(item);
                }
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        if (json) {
            System.out.println(all.toPrettyString());
        }
        return count;
    }
}
