package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

class StartFailureReporterTest {

    /** As Spring Boot reports what a connector of Jetty reports. */
    private static String failureAt(String host, int port) {
        ServerConnector connector = new ServerConnector(new Server());
        connector.setHost(host);
        connector.setPort(port);
        Throwable failure = catchThrowable(connector::start);
        return StartFailureReporter.describe(
                new IllegalStateException(new WebServerException("Unable to start embedded Jetty server", failure)));
    }

    @Test
    void usedPort_isTold() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String told = "Port " + other.getLocalPort()
                    + " is in use by another process. Choose another port with --port or LECTERN_PORT.";
            assertThat(failureAt("127.0.0.1", other.getLocalPort())).isEqualTo(told);
            assertThat(StartFailureReporter.describe(new PortInUseException(
                            other.getLocalPort(), new IOException(new BindException("Address already in use")))))
                    .isEqualTo(told);
        }
    }

    @Test
    void portThatTheUserMayNotHave_isTold() {
        IOException jetty = new IOException("Failed to bind to /0.0.0.0:443", new BindException("Permission denied"));
        assertThat(StartFailureReporter.describe(new WebServerException("Unable to start", jetty)))
                .startsWith("The user of this process may not listen on port 443. Choose a port from 1024 with --port");
    }

    @Test
    void addressOfAnotherMachine_isTold() {
        // Reserved for documentation, so no machine has it.
        assertThat(failureAt("203.0.113.5", 0))
                .startsWith("The address to listen on is not an address of this machine. Set LECTERN_HOST or --host");
    }
}
