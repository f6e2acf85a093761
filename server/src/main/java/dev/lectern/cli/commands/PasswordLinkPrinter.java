package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** Prints a link with which a person chooses a password. */
final class PasswordLinkPrinter {
    private PasswordLinkPrinter() {}

    /** @param made the link as the API shows it */
    static void print(ApiClient api, JsonNode made, String name) {
        URI link = URI.create(made.path("link").asString(""));
        // A server of this process ends with the command, and nobody else can open its address.
        boolean isOfOwnServer = api.isOwn() && LocalLinks.isLocal(link);
        System.out.println(
                isOfOwnServer
                        ? "Start the server, then open its address with this path, with which " + name
                                + " chooses a password, once:"
                        : "With this link " + name + " chooses a password, once:");
        System.out.println("  " + (isOfOwnServer ? link.getRawPath() + "#" + link.getRawFragment() : link.toString()));
        if (!isOfOwnServer && LocalLinks.isLocal(link)) {
            System.out.println(LocalLinks.hint(link));
        }
        System.out.println("It is valid until " + made.path("expiresAt").asString("")
                + ". Whoever has it can sign in as " + name + ", so pass it on by a safe way.");
    }
}
