package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The command {@code audit verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks that no entry of the audit log was changed, removed or added. The exit code is 1 when one was.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lectern audit verify",
            "  lectern audit verify --head 812:6fe1…   also checks that this end, from the server's log, is still there"
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final Pattern HEAD = Pattern.compile("([0-9]{1,18}):([0-9A-Fa-f]{64})");

    @Option(
            names = "--head",
            paramLabel = "NUMBER:HASH",
            description = "An entry that was noted earlier, as the server logs it every hour.")
    private @Nullable String head;

    @Option(names = "--json", description = "Print the response of the API as JSON.")
    private boolean json;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        String query = head == null ? "" : query(head);
        try (ApiClient apiClient = data.openWithoutIngestion()) {
            JsonNode result = apiClient.get("/audit/verification" + query);
            boolean intact = result.path("intact").asBoolean(false);
            if (json) {
                System.out.println(result.toPrettyString());
            } else {
                print(result, intact);
            }
            return intact ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static String query(String head) {
        Matcher parts = HEAD.matcher(head.strip());
        if (!parts.matches()) {
            throw LecternException.invalid(
                    "head",
                    "--head is not a number and a hash. Write for instance --head 812:HASH, with 64 hexadecimal digits.");
        }
        return "?sequence=" + parts.group(1) + "&hash=" + parts.group(2);
    }

    private static void print(JsonNode result, boolean intact) {
        Terminal terminal = Terminal.ofProcess();
        long first = result.path("first").asLong(0);
        System.out.println(result.path("entries").asLong(0) + " entries checked, from number " + first + ".");
        if (first > 1) {
            System.out.println("Entries 1 to " + (first - 1) + " were removed after their retention. Hash of the last: "
                    + result.path("anchorHash").asString(""));
        }
        System.out.println("The log ends with entry " + result.path("last").asLong(0) + ", hash "
                + result.path("headHash").asString(""));
        System.out.println(
                intact
                        ? terminal.good("The audit log is whole.")
                        : terminal.bad("Entry " + result.path("damaged").asLong(0) + " is damaged: "
                                + result.path("damage").asString("")));
    }
}
