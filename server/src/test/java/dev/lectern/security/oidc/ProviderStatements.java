package dev.lectern.security.oidc;

import dev.lectern.TestServer;
import dev.lectern.security.accounts.GroupRepository;
import dev.lectern.security.oidc.ProviderSessionRepository.ProviderSession;
import java.time.Duration;
import java.time.Instant;

/** Carries out every statement about people of identity providers and their sessions. */
public final class ProviderStatements {
    private static final String ISSUER = "https://id.example.org";

    private ProviderStatements() {}

    /** @param user the id of an account */
    public static void run(TestServer server, String user) {
        IdentityRepository identities = server.bean(IdentityRepository.class);
        identities.add(ISSUER, "1", user, Instant.EPOCH);
        identities.find(ISSUER, "1");
        identities.setRefreshed(ISSUER, "1", Instant.EPOCH);
        identities.findByEmail("somebody@example.org", ISSUER);
        server.bean(GroupRepository.class).groupsOf(user, ISSUER);
        ProviderSessionRepository sessions = server.bean(ProviderSessionRepository.class);
        sessions.add(new ProviderSession("s", ISSUER, "1", "sid", user), "token", Instant.EPOCH);
        sessions.find(ISSUER, "1", "sid");
        sessions.claimRefresh("s", Instant.EPOCH.plus(Duration.ofHours(1)), Duration.ofMinutes(5));
        sessions.subjectOf("s");
        sessions.setRefreshToken("s", "next");
        sessions.delete("s");
        sessions.useLogoutToken(ISSUER, "jti", Instant.EPOCH, Instant.EPOCH.plus(Duration.ofHours(2)));
    }
}
