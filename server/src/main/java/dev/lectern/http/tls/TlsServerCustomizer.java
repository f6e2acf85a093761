package dev.lectern.http.tls;

import dev.lectern.http.TlsProperties;
import dev.lectern.http.jetty.PlainHttpHandler;
import dev.lectern.http.jetty.ProblemResponder;
import java.util.Objects;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Turns on HTTPS with HTTP/2: TLS 1.2 and 1.3, with suites that have forward secrecy and authenticated encryption. It runs after Spring Boot's customizers and
 * before the others of this module, which set limits on the connectors that it makes.
 */
@Component
@Order(TlsServerCustomizer.AFTER_SPRING_BOOT)
class TlsServerCustomizer implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {
    static final int AFTER_SPRING_BOOT = 100;

    private static final String BUNDLE = "lectern";
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    };

    private final TlsProperties properties;
    private final CertificateReloader reloader;
    private final ProblemResponder problems;

    TlsServerCustomizer(TlsProperties properties, CertificateReloader reloader, ProblemResponder problems) {
        this.properties = properties;
        this.reloader = reloader;
        this.problems = problems;
    }

    @Override
    public void customize(ConfigurableJettyWebServerFactory factory) {
        if (!properties.isEnabled()) {
            return;
        }
        Http2 http2 = new Http2();
        http2.setEnabled(true);
        factory.setHttp2(http2);
        factory.setSsl(Ssl.forBundle(BUNDLE));
        factory.setSslBundles(new DefaultSslBundleRegistry(BUNDLE, bundle(reloader.load())));
        factory.addServerCustomizers(this::configure);
    }

    private static SslBundle bundle(ServerKeyPair pair) {
        return SslBundle.of(
                SslStoreBundle.of(pair.keyStore(), ServerKeyPair.PASSWORD, null),
                SslBundleKey.of(ServerKeyPair.PASSWORD, ServerKeyPair.ALIAS),
                SslOptions.of(CIPHER_SUITES, PROTOCOLS));
    }

    private void configure(Server server) {
        for (Connector connector : server.getConnectors()) {
            SslConnectionFactory tls = connector.getConnectionFactory(SslConnectionFactory.class);
            if (connector instanceof ServerConnector listening && tls != null) {
                configure(listening, tls.getSslContextFactory());
                tls.getSslContextFactory().addEventListener(new ReloaderStart(tls.getSslContextFactory()));
                addPlainConnector(server, listening);
            }
        }
    }

    private static void configure(ServerConnector connector, SslContextFactory.Server ssl) {
        ssl.setUseCipherSuitesOrder(true);
        ssl.setRenegotiationAllowed(false);
        SecureRequestCustomizer secure = httpConfiguration(connector).getCustomizer(SecureRequestCustomizer.class);
        if (secure != null) {
            // Commands call localhost, which the certificate does not name. Accepted names are checked by the Host
            // header.
            secure.setSniHostCheck(false);
        }
    }

    private void addPlainConnector(Server server, ServerConnector tls) {
        Integer port = properties.redirectPort();
        if (port == null) {
            return;
        }
        HttpConfiguration configuration = new HttpConfiguration(httpConfiguration(tls));
        configuration.getCustomizers().removeIf(SecureRequestCustomizer.class::isInstance);
        ServerConnector plain = new RedirectConnector(server, configuration);
        plain.setName(PlainHttpHandler.CONNECTOR);
        plain.setHost(tls.getHost());
        plain.setPort(port);
        plain.setIdleTimeout(tls.getIdleTimeout());
        server.addConnector(plain);
        server.insertHandler(new PlainHttpHandler(problems, () -> publicPort(tls)));
    }

    private int publicPort(ServerConnector tls) {
        return properties.publicPort() == 0 ? tls.getLocalPort() : properties.publicPort();
    }

    /** Spring Boot gives HTTP/1.1 and HTTP/2 the same object. */
    private static HttpConfiguration httpConfiguration(ServerConnector tls) {
        return Objects.requireNonNull(tls.getConnectionFactory(HttpConnectionFactory.class))
                .getHttpConfiguration();
    }

    /** Begins with the checks once the server presents the certificate. */
    private final class ReloaderStart implements LifeCycle.Listener {
        private final SslContextFactory.Server ssl;

        ReloaderStart(SslContextFactory.Server ssl) {
            this.ssl = ssl;
        }

        @Override
        public void lifeCycleStarted(LifeCycle started) {
            reloader.start(ssl);
        }
    }
}
