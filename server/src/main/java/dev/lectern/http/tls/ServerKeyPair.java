package dev.lectern.http.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The private key of the server and its certificate.
 *
 * @param chain the certificate of the key first, then the intermediate ones; not empty
 */
record ServerKeyPair(PrivateKey key, List<X509Certificate> chain) {
    /** The only entry of {@link #keyStore()}. */
    static final String ALIAS = "lectern";

    /** Protects the entry of a key store that exists in memory only, whose formats demand a password. */
    static final String PASSWORD = "in-memory";

    ServerKeyPair {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /** A key store in memory. */
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(), chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("A key store in memory cannot be made", e);
        }
    }
}
