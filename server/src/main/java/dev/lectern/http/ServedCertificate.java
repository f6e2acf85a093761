package dev.lectern.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The certificate that the server presents to its clients. Thread-safe. */
@Component
public class ServedCertificate {
    private final List<Consumer<X509Certificate>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable X509Certificate current;

    /** The present certificate; empty when the server speaks plain HTTP. */
    public Optional<X509Certificate> find() {
        return Optional.ofNullable(current);
    }

    /** The server presents another certificate from now on. */
    public void replace(X509Certificate certificate) {
        current = certificate;
        listeners.forEach(listener -> listener.accept(certificate));
    }

    /** Calls {@code listener} with each later certificate, on the thread that replaces it. */
    public void addListener(Consumer<X509Certificate> listener) {
        listeners.add(listener);
    }
}
