package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The command {@code user remove-second-factor}. */
@Command(
        name = "remove-second-factor",
        mixinStandardHelpOptions = true,
        description = {
            "Removes the second factor of a person who has lost it, with its recovery codes.",
            "The person signs in with the password alone until another one is set up."
        })
final class UserRemoveSecondFactorCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient api = data.openWithoutIngestion()) {
            JsonNode user = UserFinder.find(api, name);
            String found = user.path("name").asString("");
            if (!user.path("hasSecondFactor").asBoolean(false)) {
                System.out.println(found + " has no second factor.");
                return ExitCode.OK;
            }
            api.delete("/users/" + user.path("id").asString("") + "/second-factor");
            System.out.println("Removed the second factor of " + found + ", who signs in with the password alone now.");
            return ExitCode.OK;
        }
    }
}
