package dev.lectern.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks that the port is free. */
record PortCheck(String host, int port, Path dataFolder) implements DiagnosticCheck {

    @Override
    public List<Finding> run() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return List.of(Finding.passed("Port " + port + " of " + host + " is free."));
        } catch (IOException used) {
            return List.of(
                    Files.exists(dataFolder.resolve("server"))
                            ? Finding.passed("Port " + port + " is in use by the server of this data folder.")
                            : Finding.failed("Port " + port + " of " + host
                                    + " is not available. Set LECTERN_PORT to another port."));
        }
    }
}
