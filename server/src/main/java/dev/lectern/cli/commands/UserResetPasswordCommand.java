package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code user reset-password}. */
@Command(
        name = "reset-password",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a link with which a person chooses another password.",
            "The present password works until then; afterwards all sessions of the person end."
        })
final class UserResetPasswordCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient api = data.openWithoutIngestion()) {
            JsonNode user = UserFinder.find(api, name);
            JsonNode made = api.post("/users/" + user.path("id").asString("") + "/password-reset", Map.of());
            PasswordLinkPrinter.print(api, made, user.path("name").asString(""));
            return ExitCode.OK;
        }
    }
}
