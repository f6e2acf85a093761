package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code audit export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes the entries of the audit log as JSON Lines, the oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern audit export audit.jsonl",
            "  lectern audit export --since 2026-11-01T00:00:00Z --action collection.deleted"
        })
final class AuditExportCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file to write; without it the output.")
    private @Nullable Path file;

    @Option(names = "--action", description = "Only entries of this action, such as collection.deleted.")
    private @Nullable String action;

    @Option(names = "--caller", description = "Only entries of this caller, such as operator:operator.")
    private @Nullable String caller;

    @Option(names = "--since", paramLabel = "TIME", description = "Only entries from this time on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only entries before this time.")
    private @Nullable String until;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            // Before a file is made or emptied, the first page shows that there is something to write.
            JsonNode page = apiClient.get(path(null));
            if (file == null) {
                writeAll(apiClient, page, new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
            } else {
                try (Writer out = Files.newBufferedWriter(file)) {
                    writeAll(apiClient, page, out);
                }
            }
            return ExitCode.OK;
        }
    }

    private void writeAll(ApiClient apiClient, JsonNode first, Writer out) throws IOException {
        write(first, out);
        String next = first.path("next").asString("");
        while (!next.isEmpty()) {
            JsonNode page = apiClient.get(path(next));
            write(page, out);
            next = page.path("next").asString("");
        }
    }

    private static void write(JsonNode page, Writer out) throws IOException {
        for (JsonNode entry : page.path("items")) {
            out.write(entry.toString());
            out.write('\n');
        }
        out.flush();
    }

    private String path(@Nullable String cursor) {
        StringBuilder path = new StringBuilder("/audit?order=oldest&limit=" + PAGE);
        add(path, "action", action);
        add(path, "caller", caller);
        add(path, "since", since);
        add(path, "until", until);
        add(path, "cursor", cursor);
        return path.toString();
    }

    private static void add(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
