package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
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
    private static final int PAGE = 200;

    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        try (ApiClient api = data.openWithoutIngestion()) {
            JsonNode user = find(api);
            JsonNode made = api.post("/users/" + user.path("id").asString("") + "/password-reset", Map.of());
            PasswordLinkPrinter.print(api, made, user.path("name").asString(""));
            return ExitCode.OK;
        }
    }

    private JsonNode find(ApiClient api) {
        String folded = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        JsonNode page = api.get("/users?limit=" + PAGE + "&query=" + URLEncoder.encode(folded, StandardCharsets.UTF_8));
        for (JsonNode user : page.path("items")) {
            if (user.path("name").asString("").equals(folded)) {
                return user;
            }
        }
        throw new LecternException(
                ErrorCode.NOT_FOUND, "Nobody is named " + name + ". lectern user list shows who can sign in.");
    }
}
