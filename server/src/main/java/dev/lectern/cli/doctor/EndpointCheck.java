package dev.lectern.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Checks that a configured endpoint accepts TCP connections; sends no data. */
record EndpointCheck(String name, String variable, Map<String, String> environment) implements DiagnosticCheck {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    @Override
    public List<Finding> run() {
        String address = environment.getOrDefault(variable, "").strip();
        if (address.isEmpty()) {
            return List.of();
        }
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null) {
                return List.of(Finding.failed(variable + " is not a valid address. Example: https://host/v1."));
            }
            int port = uri.getPort() > 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_TIMEOUT_MILLIS);
            }
            return List.of(Finding.passed(name + " at " + uri.getHost() + " is reachable."));
        } catch (IllegalArgumentException malformed) {
            return List.of(Finding.failed(variable + " is not a valid address. Example: https://host/v1."));
        } catch (IOException unreachable) {
            return List.of(Finding.failed(
                    name + " is not reachable. Check " + variable + " and the network (proxy, firewall)."));
        }
    }
}
