package dev.lectern.security.keys;

import dev.lectern.TestServer;
import dev.lectern.security.CollectionLookup;
import dev.lectern.security.TestAccess;
import dev.lectern.security.keys.StoredApiKey.Secret;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Runs the statements about API keys, for the test of the statements' plans. */
public final class ApiKeyStatements {
    private ApiKeyStatements() {}

    public static void run(TestServer server) {
        ApiKeys keys = server.bean(ApiKeys.class);
        ApiKeyRepository repository = server.bean(ApiKeyRepository.class);
        ApiKeys.Change wanted =
                new ApiKeys.Change("key", Set.of(Scope.ASK), Set.of(CollectionId.DEFAULT), null);
        String id = keys.create(TestAccess.OPERATOR, true, wanted).key().id();
        keys.change(TestAccess.OPERATOR, id, wanted, null);
        keys.exchange(TestAccess.OPERATOR, id, Duration.ofHours(1));
        keys.exchange(TestAccess.OPERATOR, id, Duration.ZERO);
        keys.list(TestAccess.OPERATOR, null, 10);
        repository.listOf("nobody", "", 10);
        Secret secret = keys.get(TestAccess.OPERATOR, id).secrets().getFirst();
        repository.findBySecret(secret.hash());
        repository.setUsed(id, Instant.EPOCH, Instant.EPOCH);
        keys.revoke(TestAccess.OPERATOR, id, null);
        repository.deleteOf("nobody");
        repository.deleteRevokedBefore(Instant.EPOCH);
        server.bean(CollectionLookup.class).exists(CollectionId.DEFAULT);
    }
}
