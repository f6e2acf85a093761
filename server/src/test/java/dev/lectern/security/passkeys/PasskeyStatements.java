package dev.lectern.security.passkeys;

import dev.lectern.TestServer;
import java.time.Instant;
import java.util.Set;

/** Carries out every statement of passkeys. */
public final class PasskeyStatements {
    private PasskeyStatements() {}

    /** @param userId of an account */
    public static void run(TestServer server, String userId) {
        PasskeyRepository passkeys = server.bean(PasskeyRepository.class);
        passkeys.add(new StoredPasskey(
                "passkey",
                "credential",
                userId,
                "Phone",
                new byte[1],
                new byte[1],
                Set.of("internal"),
                0,
                false,
                false,
                Instant.EPOCH,
                null));
        passkeys.findByCredential("credential");
        passkeys.list(userId);
        passkeys.count(userId);
        passkeys.use("credential", 1, Instant.EPOCH);
        passkeys.rename(userId, "passkey", "Key");
        passkeys.delete(userId, "passkey");
        passkeys.deleteAll(userId);
        PasskeyChallenges challenges = server.bean(PasskeyChallenges.class);
        challenges.use(challenges.create(PasskeyChallenges.SIGN_IN).id(), PasskeyChallenges.SIGN_IN);
    }
}
