package dev.lectern.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.configuration.StartFailureReporter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class RedirectConnectorTest {

    @Test
    void usedPort_isToldWithTheSettingOfThisPort() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            RedirectConnector connector = new RedirectConnector(new Server(), new HttpConfiguration());
            connector.setHost("127.0.0.1");
            connector.setPort(other.getLocalPort());
            assertThat(StartFailureReporter.describe(catchThrowable(connector::start)))
                    .isEqualTo(
                            "Port " + other.getLocalPort() + " is in use by another process. Choose another port with"
                                    + " LECTERN_TLS_REDIRECT_PORT.");
        }
    }
}
