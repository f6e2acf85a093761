package dev.lectern.security;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The signing keys of this library, stored in the database so that all nodes share them. */
public final class SigningKeyRepository {
    /** The key of the cookies of visitors. */
    static final String VISITOR = "visitor";

    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    SigningKeyRepository(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The key of one purpose. The first call of the first node creates it. */
    public byte[] getOrCreate(String name) {
        return find(name).orElseGet(() -> {
            jdbc.sql("INSERT INTO signing_keys (name, secret, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                    .params(name, newSecret(), clock.millis())
                    .update();
            return find(name).orElseThrow();
        });
    }

    /** The new key of one purpose, instead of the former one. */
    byte[] replace(String name) {
        getOrCreate(name);
        jdbc.sql("UPDATE signing_keys SET secret = ?, created_at = ? WHERE name = ?")
                .params(newSecret(), clock.millis(), name)
                .update();
        return find(name).orElseThrow();
    }

    private static String newSecret() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    private Optional<byte[]> find(String name) {
        return jdbc.sql("SELECT secret FROM signing_keys WHERE name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .map(Base64.getDecoder()::decode);
    }
}
