package dev.lectern.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Whether a configured endpoint can be connected to; nothing is sent. */
record EndpointCheck(String name, String variable, Map<String, String> environment) implements DiagnosticCheck {
    private static final int PATIENCE_MILLIS = 5_000;

    @Override
    public List<Finding> look() {
        String address = environment.getOrDefault(variable, "").strip();
        if (address.isEmpty()) {
            return List.of();
        }
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null) {
                return List.of(Finding.bad(variable + " is not an address. Write for instance https://host/v1."));
            }
            int port = uri.getPort() > 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(uri.getHost(), port), PATIENCE_MILLIS);
            }
            return List.of(Finding.good(name + " at " + uri.getHost() + " can be reached."));
        } catch (IllegalArgumentException malformed) {
            return List.of(Finding.bad(variable + " is not an address. Write for instance https://host/v1."));
        } catch (IOException unreachable) {
            return List.of(Finding.bad(
                    name + " cannot be reached. Check " + variable + " and the way to it (proxy, firewall)."));
        }
    }
}
