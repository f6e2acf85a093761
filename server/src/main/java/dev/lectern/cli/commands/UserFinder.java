package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Finds an account by what its person signs in with. */
final class UserFinder {
    private static final int PAGE = 200;

    private UserFinder() {}

    /**
     * The account of a name, in any letter case.
     *
     * @throws LecternException NOT_FOUND if nobody has the name
     */
    static JsonNode find(ApiClient api, String name) {
        String folded = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String query = "/users?limit=" + PAGE + "&query=" + encode(folded);
        String cursor = "";
        do {
            JsonNode page = api.get(query + cursor);
            for (JsonNode user : page.path("items")) {
                if (user.path("name").asString("").equals(folded)) {
                    return user;
                }
            }
            String next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + encode(next);
        } while (!cursor.isEmpty());
        throw new LecternException(
                ErrorCode.NOT_FOUND, "Nobody is named " + name + ". lectern user list shows who can sign in.");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
