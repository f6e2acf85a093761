package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** The command {@code user list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the people who can sign in.")
final class UserListCommand implements Callable<Integer> {
    private static final int PAGE = 200;

    @Mixin
    private DataFolderOption data = new DataFolderOption();

    @Override
    public Integer call() throws IOException {
        return list(data);
    }

    static int list(DataFolderOption data) throws IOException {
        try (ApiClient api = data.openWithoutIngestion()) {
            boolean isEmpty = true;
            String cursor = "";
            do {
                JsonNode page = api.get("/users?limit=" + PAGE + cursor);
                for (JsonNode user : page.path("items")) {
                    isEmpty = false;
                    System.out.println(describe(user));
                }
                String next = page.path("next").asString("");
                cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
            } while (!cursor.isEmpty());
            if (isEmpty) {
                System.out.println("Nobody can sign in yet. Add an administrator: lectern user create --admin NAME");
            }
            return ExitCode.OK;
        }
    }

    private static String describe(JsonNode user) {
        String signedIn = user.path("signedInAt").asString("");
        return user.path("name").asString("")
                + "  "
                + user.path("role").asString("")
                + (user.path("disabled").asBoolean(false) ? ", disabled" : "")
                + (signedIn.isEmpty() ? ", has never signed in" : ", signed in last " + signedIn);
    }
}
