package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds sources through the API, by what a person calls them: an id, the begin of one, or the path of a folder. */
final class SourceFinder {
    private final ApiClient apiClient;

    SourceFinder(ApiClient apiClient) {
        this.apiClient = apiClient;
    }

    /** @param collection id of the only collection whose sources are wanted; null for those of all */
    List<JsonNode> list(@Nullable String collection) {
        List<JsonNode> sources = new ArrayList<>();
        if (collection != null) {
            addAll(sources, collection);
        } else {
            for (JsonNode one : apiClient.get("/collections").path("items")) {
                addAll(sources, one.path("id").asString(""));
            }
        }
        return sources;
    }

    private void addAll(List<JsonNode> sources, String collection) {
        apiClient
                .get("/collections/" + encode(collection) + "/sources")
                .path("items")
                .forEach(sources::add);
    }

    /**
     * The source that a person means.
     *
     * @throws LecternException INVALID_REQUEST when there is none, or more than one
     */
    JsonNode find(String name) {
        List<JsonNode> all = list(null);
        List<JsonNode> found = choose(all, name);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    all.isEmpty()
                            ? "There are no sources. Add a folder: lectern sources add DIR"
                            : "There is no source " + name
                                    + ". Give the id of a source, the begin of one, or the path of its folder: lectern"
                                    + " sources lists them.");
        }
        throw new LecternException(
                ErrorCode.INVALID_REQUEST,
                name + " means " + found.size() + " sources. Give the id of one of them: "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(one -> one.path("id").asString(""))
                                        .toList())
                        + ".");
    }

    /** Those that the name means, by the first of id, path and begin of an id that means any. */
    static List<JsonNode> choose(List<JsonNode> sources, String name) {
        List<JsonNode> byId = sources.stream()
                .filter(one -> one.path("id").asString("").equals(name))
                .toList();
        if (!byId.isEmpty()) {
            return byId;
        }
        Set<String> paths = paths(name);
        List<JsonNode> byPath = sources.stream()
                .filter(one -> paths.contains(one.path("path").asString("")))
                .toList();
        if (!byPath.isEmpty()) {
            return byPath;
        }
        return sources.stream()
                .filter(one -> !name.isEmpty() && one.path("id").asString("").startsWith(name))
                .toList();
    }

    /** The folder as it is written, and as it is without links; it may be gone, or one of another machine. */
    private static Set<String> paths(String name) {
        Set<String> paths = new HashSet<>(Set.of(name));
        if (name.isEmpty()) {
            return paths;
        }
        try {
            Path folder = FolderPath.parse(name).toAbsolutePath().normalize();
            paths.add(FolderPath.format(folder));
            paths.add(FolderPath.format(folder.toRealPath()));
        } catch (InvalidPathException | IOException elsewhere) {
            // The name itself may be the path of a folder of the server's machine, or an id.
            return paths;
        }
        return paths;
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
