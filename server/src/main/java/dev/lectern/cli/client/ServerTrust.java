package dev.lectern.cli.client;

import dev.lectern.shared.InvalidSettingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Which certificates commands accept from a server that they call by HTTPS. */
final class ServerTrust {
    static final String VARIABLE = "LECTERN_URL_CERTIFICATES";

    private ServerTrust() {}

    /**
     * The server of a data folder is recognised by its certificate; another one by the authorities of LECTERN_URL_CERTIFICATES, else by those of the Java
     * runtime.
     */
    static SSLContext of(URI address, @Nullable Path dataFolder) throws IOException {
        if (dataFolder != null
                && ServerAddressFile.read(dataFolder).filter(address::equals).isPresent()) {
            Optional<String> pinned = ServerAddressFile.readCertificate(dataFolder);
            if (pinned.isPresent()) {
                return PinnedServer.context(() -> readPinned(dataFolder, pinned.get()));
            }
        }
        return ofFile(System.getenv().getOrDefault(VARIABLE, ""));
    }

    /**
     * Trusts the authorities of a file.
     *
     * @param value path of a PEM file, as of {@value #VARIABLE}; empty for the authorities of the Java runtime
     * @throws InvalidSettingException when the file has no certificates
     */
    static SSLContext ofFile(String value) {
        String file = value.strip();
        try {
            return file.isEmpty() ? SSLContext.getDefault() : trusting(file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no TLS", e);
        }
    }

    private static String readPinned(Path dataFolder, String atFirst) {
        try {
            return ServerAddressFile.readCertificate(dataFolder).orElse(atFirst);
        } catch (IOException unreadable) {
            return atFirst;
        }
    }

    /** @throws InvalidSettingException when the file has no certificates */
    static SSLContext trusting(String file) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (X509Certificate certificate : PemContent.load(Path.of(file)).getCertificates()) {
                store.setCertificateEntry("authority-" + i++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | IllegalArgumentException | IllegalStateException unreadable) {
            throw new InvalidSettingException(
                    VARIABLE + "=" + file
                            + " is not a readable PEM file with certificates. Set it to the certificate of"
                            + " the server or of its authority.",
                    unreadable);
        }
    }
}
