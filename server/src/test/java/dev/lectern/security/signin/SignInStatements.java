package dev.lectern.security.signin;

import dev.lectern.TestServer;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.signin.OneTimeLinks.Purpose;
import java.net.http.HttpResponse;
import java.time.Instant;

/** Carries out every statement of the sign-in. */
public final class SignInStatements {
    private static final String PASSWORD = "correct horse battery staple";

    private SignInStatements() {}

    /**
     * Makes an administrator on the way.
     *
     * @param server without an administrator
     * @return the id of its account
     */
    public static String run(TestServer server) throws Exception {
        String link =
                server.bean(FirstAdministrator.class).createLink().orElseThrow().path();
        Browser browser = new Browser(server);
        HttpResponse<String> created = browser.send(
                "POST",
                "/setup",
                "{'token':'" + link.substring(link.indexOf('#') + 1) + "','name':'anna','password':'" + PASSWORD
                        + "'}");
        String id = Browser.json(created).path("user").path("id").asString();
        UserRepository users = server.bean(UserRepository.class);
        OneTimeLinks links = server.bean(OneTimeLinks.class);
        String reset = links.create(Purpose.PASSWORD_RESET, id).path();
        browser.send(
                "POST",
                "/password-reset",
                "{'token':'" + reset.substring(reset.indexOf('#') + 1) + "','password':'" + PASSWORD + "'}");
        browser.signIn("anna", PASSWORD);
        UserAccount anna = users.find(id).orElseThrow();
        users.replaceEncodedPassword("anna", "former", "next");
        SecondFactors secondFactors = server.bean(SecondFactors.class);
        users.replaceSecondFactor(id, null, secondFactors.create(anna).encrypted());
        secondFactors.use(users.find(id).orElseThrow(), "no code");
        secondFactors.addRecoveryCodes(id);
        secondFactors.remove(anna);
        browser.get("/account");
        UserSessions sessions = server.bean(UserSessions.class);
        sessions.end(id, sessions.list(id).getFirst().id());
        browser.signIn("anna", PASSWORD);
        browser.send("DELETE", "/session", "");
        sessions.endAll(id, "");
        sessions.deleteExpired();
        server.bean(SessionCleaner.class).cleanUp();
        users.setSignedIn(id, Instant.EPOCH);
        return id;
    }
}
