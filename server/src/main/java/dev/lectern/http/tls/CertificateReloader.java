package dev.lectern.http.tls;

import dev.lectern.http.ServedCertificate;
import dev.lectern.http.TlsProperties;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.InvalidSettingException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Replaces the certificate of the running server when its files change. It compares their content: changes by a link, as those of certbot and of Kubernetes,
 * and changes on network drives are reported by no operating system. Established connections keep the former certificate. Files that cannot be used change
 * nothing.
 */
@Component
class CertificateReloader implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(CertificateReloader.class);

    private final TlsProperties properties;
    private final KeyPairReader reader;
    private final KeyPairCheck check;
    private final ServedCertificate served;
    private final ExecutorService executor;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable String failure;
    private @Nullable ServerKeyPair current;
    private String currentDigest = "";
    private String refused = "";
    private String reported = "";

    CertificateReloader(
            TlsProperties properties,
            InstantSource clock,
            ServedCertificate served,
            ExecutorService applicationExecutor) {
        this.properties = properties;
        this.reader = new KeyPairReader(properties);
        this.check = new KeyPairCheck(properties, clock);
        this.served = served;
        this.executor = applicationExecutor;
    }

    /** Why the present files cannot be used; empty when the server uses them. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Reads the files for the start.
     *
     * @throws InvalidSettingException when they cannot be used
     */
    synchronized ServerKeyPair load() {
        CertificateFiles files = CertificateFiles.read(properties);
        ServerKeyPair pair = readChecked(files);
        remember(pair, files.digest());
        return pair;
    }

    /** Checks the files again and again, until this object is destroyed. */
    void start(SslContextFactory.Server ssl) {
        executor.execute(new BackgroundTask(() -> run(ssl)));
    }

    private void run(SslContextFactory.Server ssl) {
        try {
            while (!stopped.await(properties.reloadEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                reload(ssl);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Spring Boot stops Jetty only after the beans, and the executor waits for this task. */
    @Override
    public void destroy() {
        stopped.countDown();
    }

    /** Uses the files if they have changed. */
    synchronized void reload(SslContextFactory.Server ssl) {
        String digest = "unreadable";
        try {
            CertificateFiles files = CertificateFiles.read(properties);
            digest = files.digest();
            if (digest.equals(currentDigest)) {
                clearFailure();
            } else if (!digest.equals(reported)) {
                use(readChecked(files), digest, ssl);
            }
        } catch (InvalidSettingException unusable) {
            refuse(digest, String.valueOf(unusable.getMessage()));
        } catch (RuntimeException unexpected) {
            log.warn("The certificate of the server could not be checked for changes", unexpected);
        }
    }

    private ServerKeyPair readChecked(CertificateFiles files) {
        ServerKeyPair pair = reader.read(files);
        check.check(pair);
        return pair;
    }

    private void use(ServerKeyPair pair, String digest, SslContextFactory.Server ssl) {
        try {
            ssl.reload(factory -> factory.setKeyStore(pair.keyStore()));
        } catch (Exception e) {
            log.error("The changed certificate could not be put into use; the former one stays", e);
            restore(ssl);
            reported = digest;
            failure = "The changed certificate could not be put into use. See the log for the cause.";
            return;
        }
        remember(pair, digest);
        clearFailure();
        log.info(
                "The certificate of the server was replaced; the new one is valid until {}",
                pair.certificate().getNotAfter().toInstant());
    }

    private void restore(SslContextFactory.Server ssl) {
        ServerKeyPair former = current;
        if (former == null) {
            return;
        }
        try {
            ssl.reload(factory -> factory.setKeyStore(former.keyStore()));
        } catch (Exception e) {
            log.error("The former certificate could not be put into use again; no client can connect", e);
        }
    }

    private void remember(ServerKeyPair pair, String digest) {
        current = pair;
        currentDigest = digest;
        served.replace(pair.certificate());
    }

    /** Certificate and key are replaced one after the other, so files count as unusable only when they still are in the next round. */
    private void refuse(String digest, String sentence) {
        if (!digest.equals(refused)) {
            refused = digest;
        } else if (!digest.equals(reported)) {
            reported = digest;
            failure = sentence;
            log.warn("The changed certificate is not used, and the former one stays: {}", sentence);
        }
    }

    private void clearFailure() {
        failure = null;
        refused = "";
        reported = "";
    }
}
