package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.cli.client.ApiException;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The files that {@code ingest} uploads. Small files share a request, and what is to be known about many documents is read from the list of documents, so that
 * thousands of files stay below the rate limit of the server.
 */
final class FileUploads {
    private static final int MAX_FILES = 50;
    private static final long MAX_BYTES = 16L << 20;
    /** Up to so many documents are read one by one. */
    private static final int FEW = 20;

    private static final int PAGE = 200;

    private final ApiClient apiClient;
    private final String onConflict;
    private final Terminal terminal;
    private final List<Path> files = new ArrayList<>();
    private final Set<String> jobs = new LinkedHashSet<>();
    /** By the id of the document that they became. */
    private final Map<String, Path> documents = new LinkedHashMap<>();

    private boolean anyRefused;

    /** @param onConflict as in the API */
    FileUploads(ApiClient apiClient, String onConflict, Terminal terminal) {
        this.apiClient = apiClient;
        this.onConflict = onConflict;
        this.terminal = terminal;
    }

    void add(Path file) {
        files.add(file);
    }

    /** Sends all files, in order, and prints what became of them. */
    void send() throws IOException {
        List<Path> batch = new ArrayList<>();
        long bytes = 0;
        for (Path file : files) {
            long size = Files.size(file);
            if (!batch.isEmpty() && (batch.size() == MAX_FILES || bytes + size > MAX_BYTES)) {
                send(batch);
                batch.clear();
                bytes = 0;
            }
            batch.add(file);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    Set<String> jobs() {
        return jobs;
    }

    /** Whether the server refused one of the files, since the collection has another document of its name. */
    boolean isAnyRefused() {
        return anyRefused;
    }

    private void send(List<Path> batch) throws IOException {
        JsonNode uploaded;
        try {
            uploaded = apiClient.upload(batch, onConflict);
        } catch (ApiException refused) {
            if (batch.size() == 1) {
                throw refused;
            }
            // One of them is to blame, and the others are uploaded up to it.
            for (Path file : batch) {
                send(List.of(file));
            }
            return;
        }
        jobs.addAll(JobProgressPrinter.ids(uploaded));
        JsonNode items = uploaded.path("items");
        for (int i = 0; i < batch.size(); i++) {
            JsonNode item = items.path(i);
            boolean refused = report(batch.get(i), item);
            anyRefused |= refused;
            String document = item.at("/document/id").asString("");
            if (!refused && !document.isEmpty()) {
                documents.putIfAbsent(document, batch.get(i));
            }
        }
    }

    /** Prints what became of a file, unless it simply was added; true when it was refused. */
    private boolean report(Path path, JsonNode item) {
        switch (item.path("outcome").asString("")) {
            case "refused" -> {
                System.err.println(
                        terminal.bad("refused") + " " + FolderPath.format(path) + ": the collection has a document "
                                + item.path("path").asString("")
                                + " with other content. Repeat the command with --on-conflict replace or --on-conflict"
                                + " keep-both.");
                return true;
            }
            case "replaced" -> System.out.println(FolderPath.format(path) + " replaces the document of this name.");
            case "renamed" ->
                System.out.println(FolderPath.format(path) + " is added as "
                        + item.path("path").asString("") + ".");
            case "existing" -> System.out.println(FolderPath.format(path) + " is in the collection already.");
            default -> {}
        }
        return false;
    }

    /** Prints what the reader left out of the texts of the files, or what is to be known about them. */
    void printNotices() {
        Map<String, JsonNode> listed = documents.size() > FEW ? listDocuments() : Map.of();
        documents.forEach((document, path) -> {
            JsonNode known = listed.get(document);
            JsonNode read = known != null ? known : apiClient.get("/documents/" + SourceFinder.encode(document));
            for (JsonNode notice : read.path("notices")) {
                System.out.println(terminal.warning(FolderPath.format(path)) + ": "
                        + notice.path("text").asString(""));
            }
        });
    }

    /** The documents of the files, as far as a few pages of the list have them: it begins with those that were added last. */
    private Map<String, JsonNode> listDocuments() {
        Map<String, JsonNode> found = new HashMap<>();
        int pages = 2 + 2 * documents.size() / PAGE;
        String cursor = "";
        for (int page = 0; page < pages && found.size() < documents.size(); page++) {
            JsonNode list = apiClient.get("/collections/default/documents?limit=" + PAGE
                    + (cursor.isEmpty() ? "" : "&cursor=" + SourceFinder.encode(cursor)));
            for (JsonNode document : list.path("items")) {
                String id = document.path("id").asString("");
                if (documents.containsKey(id)) {
                    found.put(id, document);
                }
            }
            cursor = list.path("next").asString("");
            if (cursor.isEmpty()) {
                break;
            }
        }
        return found;
    }
}
