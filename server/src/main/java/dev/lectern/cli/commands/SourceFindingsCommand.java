package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code sources findings}. */
@Command(
        name = "findings",
        mixinStandardHelpOptions = true,
        description =
                "Lists what the last scan of a folder left out or could not read, and why. Ends with 3 when there is"
                        + " nothing.")
final class SourceFindingsCommand implements Callable<Integer> {
    @Mixin
    private SourceParameter source = new SourceParameter();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "List only those of this kind, such as link, rule or unreadable_file.")
    private @Nullable String kind;

    @Option(names = "--json", description = "Print the responses of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            JsonNode found = source.find(apiClient);
            String list = "/sources/" + found.path("id").asString("") + "/findings"
                    + (kind == null ? "" : "?kind=" + SourceFinder.encode(kind));
            int listed = new SourceItemsPrinter(apiClient).print(list, json, SourceFindingsCommand::print);
            if (json) {
                return listed == 0 ? ExitCode.NOTHING_FOUND : ExitCode.OK;
            }
            long all = 0;
            for (var one : found.path("findings").properties()) {
                all += kind == null || one.getKey().equals(kind)
                        ? one.getValue().asLong(0)
                        : 0;
            }
            if (listed == 0 && all == 0) {
                System.err.println("The last scan of " + SourceTexts.path(found) + " left nothing out.");
            } else if (listed < all) {
                System.err.println(
                        "Listed are the first " + listed + " of " + all + ": " + SourceTexts.findings(found) + ".");
            }
            return listed == 0 && all == 0 ? ExitCode.NOTHING_FOUND : ExitCode.OK;
        }
    }

    private static void print(JsonNode finding) {
        System.out.println(finding.path("kind").asString("") + "  " + SourceTexts.path(finding) + "  "
                + Terminal.ofProcess().muted(finding.path("reason").asString("")));
    }
}
