package dev.lectern.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class StartFailureReporterTest {

    @Test
    void port_thatIsUsed_orThatTheUserMayNotHave_isTold() {
        assertThat(StartFailureReporter.describe(
                        new PortInUseException(443, new IOException(new BindException("Permission denied")))))
                .startsWith("The user of this process may not listen on port 443.");
        assertThat(StartFailureReporter.describe(
                        new PortInUseException(443, new IOException(new BindException("Address already in use")))))
                .startsWith("Port 443 is in use by another process.");
    }
}
