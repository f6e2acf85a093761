package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code user create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Adds a person, and prints a link with which that person chooses a password.")
final class UserCreateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            description = "What the person signs in with: 1 to 100 letters, digits and . _ @@ + - and space.")
    private String name = "";

    @Option(names = "--admin", description = "The person manages people, keys and settings.")
    private boolean admin;

    @Option(names = "--display-name", paramLabel = "TEXT", description = "What others see (default: NAME).")
    private @Nullable String displayName;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "E-mail address of the person.")
    private @Nullable String email;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        Map<String, Object> request = new HashMap<>(Map.of("name", name, "role", admin ? "administrator" : "user"));
        if (displayName != null) {
            request.put("displayName", displayName);
        }
        if (email != null) {
            request.put("email", email);
        }
        try (ApiClient api = data.openOrCreateWithoutIngestion()) {
            JsonNode user = api.post("/users", request);
            String added = user.path("name").asString("");
            System.out.println("Added " + added + (admin ? " as administrator." : "."));
            PasswordLinkPrinter.print(api, user.path("invitation"), added);
            return ExitCode.OK;
        }
    }
}
